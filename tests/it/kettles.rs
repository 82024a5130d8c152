//! A small world of kettles: two editions of one document, and the binary run on them.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// An edition that contradicts itself in many ways.
pub const OLD: &str = "\
# 1 Kettles

## 1.1 Showing a kettle

### Function

Shows one kettle.

### URI

GET /v1/{project_id}/kettles/{kettle_id}

### Response

Table 1-1 Response parameters

Parameter\tType\tDescription
kettle\tObject\tThe kettle. For details, see Table 1-9.

Table 1-2 kettle

Parameter\tType\tDescription
id\tString\tID of the kettle, in UUID format.
name\tString\t壶的名称。 The value contains 1 to 64 characters.
litres\tInteger\tHow much it holds.
state\tString\tState of the kettle. The value can be cold, warm or boiling.
lidld\tString\tID of the lid.

### Example response

```
{
  \"kettle\": {
    \"id\": \"7c1d33f0-5b1b-4c11-9a5e-0d7e8f5a1f10\",
    \"name\": \"north\",
    \"litres\": \"2\",
    \"state\": \"whistling\",
    \"lidId\": \"l-1\",
    \"colour\": \"red\"
  }
}
```

### Status codes

Status Code\tDescription
200\tOK

## 1.2 Changing a kettle

### Function

Changes a kettle.

### URI

PUT /v1/{project_id}/kettles/{kettle_id}

### Request

Table 1-3 Request parameters

Parameter\tMandatory\tType\tDescription
kettle\tYes\tObject\tThe kettle. For details, see Table 1-4.

Table 1-4 kettle

Parameter\tMandatory\tType\tDescription
name\tYes\tString\tName of the kettle. The value contains 1 to 64 characters.
litres\tNo\tInteger\tHow much it holds. The value ranges from 1 to 20.

### Example request

```
{
  \"kettle\": {
    \"litres\": 3
  }
}
```

### Response

Table 1-5 Response parameters

Parameter\tType\tDescription
kettle\tObject\tThe kettle. For details, see Table 1-2.
";

/// The next edition: flaws are corrected, the promises have changed.
pub const NEW: &str = "\
# 1 Kettles

## 1.1 Showing a kettle

### Function

Shows one kettle.

### URI

GET /v1/{project_id}/kettles/{kettle_id}

### Response

Table 1-1 Response parameters

Parameter\tType\tDescription
kettle\tObject\tThe kettle. For details, see Table 1-2.

Table 1-2 kettle

Parameter\tType\tDescription
id\tString\tID of the kettle, in UUID format.
name\tString\t壶的名称。 The value contains 1 to 64 characters.
litres\tInteger\tHow much it holds.
state\tString\tState of the kettle. The value can be cold, warm, boiling or empty.
lidId\tString\tID of the lid.

### Example response

```
{
  \"kettle\": {
    \"id\": \"7c1d33f0-5b1b-4c11-9a5e-0d7e8f5a1f10\",
    \"name\": \"north\",
    \"litres\": 2,
    \"state\": \"warm\",
    \"lidId\": \"l-1\"
  }
}
```

### Status codes

Status Code\tDescription
200\tOK

## 1.2 Changing a kettle

### Function

Changes a kettle.

### URI

PUT /v1/{project_id}/kettles/{kettle_id}

### Request

Table 1-3 Request parameters

Parameter\tMandatory\tType\tDescription
kettle\tYes\tObject\tThe kettle. For details, see Table 1-4.

Table 1-4 kettle

Parameter\tMandatory\tType\tDescription
name\tNo\tString\tName of the kettle. The value contains 1 to 32 characters.
litres\tYes\tInteger\tHow much it holds. The value ranges from 1 to 40.

### Example request

```
{
  \"kettle\": {
    \"litres\": 3
  }
}
```

### Response

Table 1-5 Response parameters

Parameter\tType\tDescription
kettle\tObject\tThe kettle. For details, see Table 1-2.
";

/// A folder with both editions and their manifest, in which the binary runs.
pub struct World(TempDir);

/// What a command left behind.
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it remarked.
    pub err: String,
}

impl World {
    /// Both editions: `kettles-2030` and `kettles-2031`.
    pub fn new() -> Self {
        let world = Self::empty();
        world.write("old.txt", OLD);
        world.write("new.txt", NEW);
        world.write(
            "documents.toml",
            "[[document]]\nfile = \"old.txt\"\nid = \"kettles-2030\"\nlanguage = \"en\"\ndate = \"2030-01-01\"\n\
             [[document]]\nfile = \"new.txt\"\nid = \"kettles-2031\"\nlanguage = \"en\"\ndate = \"2031-01-01\"\n",
        );
        world
    }

    /// A folder without anything.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a file into the folder.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the binary there.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}
