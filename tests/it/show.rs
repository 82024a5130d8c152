//! `proofhouse show`: one operation, all editions side by side, at any width.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::kettles::World;

const EDITIONS: [&str; 4] = ["--edition", "old.txt", "--edition", "new.txt"];

fn show(world: &World, more: &[&str]) -> String {
    let all: Vec<&str> = ["show"].iter().chain(more).copied().collect();
    let said = world.run(&all);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

/// A ruling on a field of the older edition.
fn ruled() -> World {
    let world = World::new();
    world.write(
        "rulings.toml",
        "[[ruling]]\nedition = \"kettles-2030\"\noperation = \"kettles.update\"\ndirection = \"request\"\n\
         field = \"kettle.litres\"\nfact = \"range\"\nruling = { min = 1, max = 9 }\nwas = [\"1 to 20\", \"1 to 40\"]\n\
         reason = \"ten is refused\"\nwho = \"the kettle team\"\nwhen = 2031-02-03\n",
    );
    world
}

#[test]
fn one_edition_has_a_column_for_each_fact() {
    let world = World::new();
    insta::assert_snapshot!(show(
        &world,
        &["kettles.show", "--edition", "old.txt", "--width", "80"]
    ));
}

#[test]
fn editions_stand_side_by_side_with_disputes_and_rulings() {
    let world = ruled();
    let all = [
        &["PUT", "/v1/{any}/kettles/{name}", "--width", "100"][..],
        &EDITIONS,
    ]
    .concat();
    insta::assert_snapshot!(show(&world, &all));
}

#[test]
fn tables_fit_the_width_also_in_chinese() {
    let world = World::new();
    world.write(
        "old.txt",
        &crate::kettles::OLD.replace("litres", "容量单位为升的水壶容积"),
    );
    for width in ["60", "80", "200"] {
        let all = [&["kettles.update", "--width", width][..], &EDITIONS].concat();
        let text = show(&world, &all);
        let tables = text.split("\nDisputes\n").next().unwrap();
        for line in tables.lines().skip(1) {
            assert!(line.width() <= width.parse().unwrap(), "{width}: {line}");
        }
        assert!(tables.contains("容量单位"), "{tables}");
    }
}

#[test]
fn json_says_the_same() {
    let all = [&["kettles.update", "--format", "json"][..], &EDITIONS].concat();
    let page: Value = serde_json::from_str(&show(&ruled(), &all)).unwrap();
    assert_eq!(page["version"], 1);
    let litres = &page["editions"][0]["request"][2];
    assert_eq!(litres["field"], "kettle.litres");
    assert_eq!(litres["promises"][0]["words"], "1 to 9");
    assert_eq!(litres["promises"][0]["source"]["document"], "rulings.toml");
    assert_eq!(litres["rulings"], serde_json::json!([0]));
    assert_eq!(
        page["rulings"][0]["before"],
        serde_json::json!(["1 to 20", "1 to 40"])
    );
    assert_eq!(
        page["editions"][1]["request"][2]["promises"][0]["words"],
        "1 to 40"
    );
}

#[test]
fn wrong_names_are_answered_with_near_ones() {
    let world = World::new();
    for (asked, said) in [
        (
            &["kettles.shw", "--edition", "old.txt"][..],
            "did you mean `kettles.show`",
        ),
        (
            &["GET", "/v1/{id}/kettle/{id}", "--edition", "old.txt"],
            "`GET /v1/{project_id}/kettles/{kettle_id}`",
        ),
        (
            &["kettles.show", "--edition", "olt.txt"],
            "`olt.txt` is neither a file, nor a folder",
        ),
    ] {
        let all: Vec<&str> = ["show"].iter().chain(asked).copied().collect();
        let ended = world.run(&all);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains(said), "{}", ended.err);
    }
}
