//! `proofhouse diff`: what people and programs get of two editions.

use serde_json::Value;

use crate::kettles::World;

#[test]
fn documents_are_compared() {
    let said = World::new().run(&["diff", "old.txt", "new.txt"]);
    assert_eq!(said.code, 1, "{}", said.err);
    insta::assert_snapshot!(said.out);
}

#[test]
fn markdown_is_sorted_by_effect() {
    let said = World::new().run(&["diff", "old.txt", "new.txt", "--format", "markdown"]);
    insta::assert_snapshot!(said.out);
}

#[test]
fn folders_give_what_their_documents_give() {
    let world = World::new();
    for (document, folder) in [("old.txt", "was"), ("new.txt", "is")] {
        let written = world.run(&["extract", document, "--write", folder]);
        assert_eq!(written.code, 0, "{}", written.err);
    }
    let changes = |old: &str, new: &str| -> Value {
        let said = world.run(&["diff", old, new, "--format", "json"]);
        let told: Value =
            serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
        assert_eq!(
            (told["version"].as_u64(), told["old"].as_str()),
            (Some(1), Some(old))
        );
        told["changes"].clone()
    };
    let by_documents = changes("old.txt", "new.txt");
    assert_eq!(changes("was", "is"), by_documents);
    assert_eq!(changes("was/kettles-2030", "new.txt"), by_documents);
    assert_eq!(changes("was", "was"), Value::Array(Vec::new()));
}

#[test]
fn the_exit_code_tells_what_breaks() {
    let world = World::new();
    world.write(
        "more.txt",
        &crate::kettles::NEW.replace("ranges from 1 to 40", "ranges from 1 to 50"),
    );
    world.write("nothing.txt", "Nothing at all.\n");
    for (arguments, code, said) in [
        (
            &["diff", "new.txt", "new.txt"][..],
            0,
            "0 breaking, 0 compatible, 0 editorial changes",
        ),
        (
            &["diff", "new.txt", "more.txt"],
            0,
            "0 breaking, 1 compatible, 0 editorial changes",
        ),
        (
            &["diff", "more.txt", "new.txt"],
            1,
            "1 breaking, 0 compatible, 0 editorial changes",
        ),
        (
            &[
                "diff",
                "old.txt",
                "new.txt",
                "--operation",
                "kettles.update",
                "--effect",
                "breaking",
            ],
            1,
            "breaking",
        ),
        (
            &["diff", "old.txt", "new.txt", "--operation", "kettles.shaw"],
            2,
            "",
        ),
        (&["diff", "old.txt", "gone.txt"], 2, ""),
        (&["diff", "nothing.txt", "nothing.txt"], 3, ""),
    ] {
        let ended = world.run(arguments);
        assert_eq!(
            ended.code, code,
            "{arguments:?} {} {}",
            ended.out, ended.err
        );
        assert!(ended.out.contains(said), "{arguments:?} {}", ended.out);
    }
}
