//! One door: a printed example in, what was read of it and what was repaired out.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Example, Node, NodeValue, Problem, Repair, read, read_split};

fn to_json(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => json!(value),
        NodeValue::Number(text) => serde_json::from_str(text).unwrap(),
        NodeValue::Text(text) => json!(text),
        NodeValue::Array(items) => items.iter().map(to_json).collect(),
        NodeValue::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(name, _, node)| (name.clone(), to_json(node)))
                    .collect(),
            )
        }
        NodeValue::Elided => json!("<elided>"),
    }
}

fn show(example: &Example) -> String {
    let request = example.request_line.as_ref();
    let request = request.map(|(method, target)| format!("{method} {target}\n"));
    let value = example
        .value
        .as_ref()
        .map(|node| format!("{}\n", to_json(node)));
    let repair = |problem: &Problem| format!("{}: {}\n", problem.line, problem.what);
    let problems: String = example.problems.iter().map(repair).collect();
    request.unwrap_or_default() + &value.unwrap_or_default() + &problems
}

fn check(code: &str) -> String {
    show(&read(code, 1))
}

fn check_split(blocks: &[(&str, u32)]) -> String {
    let examples = read_split(blocks);
    examples.iter().map(show).collect::<Vec<_>>().join("--\n")
}

#[test]
fn reads_clean_json_with_the_lines_of_its_values() {
    let example = read("{\n  \"lamp\": {\n    \"watts\": 40\n  }\n}", 10);
    assert_eq!(example.problems, []);
    let value = example.value.unwrap();
    assert_eq!(value.line, 10);
    let (_, line, lamp) = &value.members()[0];
    assert_eq!((*line, lamp.line, lamp.whole), (11, 11, true));
    assert_eq!(
        lamp.get("watts").unwrap().value,
        NodeValue::Number("40".into())
    );
}

#[test]
fn keeps_the_request_line_and_drops_headers() {
    assert_snapshot!(check("POST https://{Tower Endpoint}/v1/lamps/\n{lamp_id}/switch  \nContent-Type: application/json\n\n{\"on\": true}"), @r#"
    POST https://{Tower Endpoint}/v1/lamps/{lamp_id}/switch
    {"on":true}
    "#);
    assert_snapshot!(check("GET /v1/lamps?colour=red&\nlit=true"), @"GET /v1/lamps?colour=red&lit=true");
    assert_snapshot!(check("X-Request-Id: 7\nserver → nginx"), @"");
    assert_snapshot!(check("PUT /v1/lamps {\"on\": 1}"), @r#"
    PUT /v1/lamps
    {"on":1}
    "#);
    assert_snapshot!(check("PUT/v1/lamps{\n\"on\": 1}"), @r#"
    PUT /v1/lamps
    {"on":1}
    "#);
}

#[test]
fn reads_annotated_and_abridged_examples() {
    assert_snapshot!(check("{ // all of it\n \"a\": 1, # first\n \"b\": [1, ...],\n /* none\n */ \"c\": XXX,\n \"d\": ,\n ...\n}"), @r#"
    {"a":1,"b":[1],"c":"<elided>","d":"<elided>"}
    1: a comment
    2: a comment
    3: an ellipsis
    4: a comment
    5: a word without quotes
    6: a name without a value
    7: an ellipsis
    "#);
    assert_snapshot!(check("1 {\n2   \"a\": {lamp id},\n3   \"b\": ${b}\n4 }"), @r#"
    {"a":"<elided>","b":"<elided>"}
    1: a column of line numbers
    2: a word without quotes
    3: a word without quotes
    "#);
}

#[test]
fn repairs_commas_quotes_and_colons() {
    assert_snapshot!(check("{\n\"a\": 1\n\"b\": [1 2,],\n“c”： 'x'，\n\"d\" 5,\n}"), @r#"
    {"a":1,"b":[1,2],"c":"x","d":5}
    3: a missing comma
    3: a comma with nothing behind it
    4: quotes that JSON does not know
    5: a comma with nothing behind it
    5: a missing colon
    "#);
    assert_snapshot!(check("{\"code\": \"x\", \"\"}"), @r#"
    {"code":"x"}
    1: a value where a name should be
    "#);
}

#[test]
fn joins_texts_that_were_broken_over_lines() {
    assert_snapshot!(check("{\n\"href\": \"https://tower.example/lamps/\n  red\",\n\"open\": \"never closed,\n\"next\": 1\n}"), @r#"
    {"href":"https://tower.example/lamps/red","open":"never closed","next":1}
    2: a text broken over lines
    4: a text without a closing quote
    "#);
}

#[test]
fn survives_brackets_that_do_not_match() {
    assert_snapshot!(check("{\"a\": [{\"b\": 1]}\n}"), @r#"
    {"a":[{"b":1}]}
    1: a missing closing brace or bracket
    2: a closing brace or bracket too many
    "#);
    assert_snapshot!(check("{\"a\": [1, 2, \"b\": 3}"), @r#"
    {"a":[1,2],"b":3}
    1: a missing closing brace or bracket
    "#);
    assert_snapshot!(check("\"a\": 1\n}"), @r#"
    {"a":1}
    1: a member outside of any object
    "#);
    assert_snapshot!(check("{\"a\": 1},\n\"b\": 2}"), @r#"
    {"a":1,"b":2}
    1: a comma with nothing behind it
    1: a closing brace or bracket before the end
    "#);
    assert_snapshot!(check("{\"a\": 1, \"a\": 2}"), @r#"
    {"a":2}
    1: a name given twice in one object
    "#);
}

#[test]
fn joins_what_a_page_break_cut() {
    // The first half is simply open.
    assert_snapshot!(check_split(&[("{\"lamps\": [\n{\"id\": 1,", 1), ("\"on\": true\n}\n]\n}", 5)]), @r#"
    {"lamps":[{"id":1,"on":true}]}
    5: the second part of an example that was cut apart
    "#);
    // The first half was closed behind a comma that promises more.
    assert_snapshot!(check_split(&[("{\"lamp\": {\n\"id\": 1,\n}\n}", 1), ("\"on\": true\n}\n}", 6)]), @r#"
    {"lamp":{"id":1,"on":true}}
    3: a closing brace or bracket before the end
    4: a closing brace or bracket before the end
    6: the second part of an example that was cut apart
    "#);
    // The second half is a whole item of the array that waits for one.
    assert_snapshot!(check_split(&[("{\"lamps\": [", 1), ("{\"id\": 1}", 4)]), @r#"
    {"lamps":[{"id":1}]}
    4: a missing closing brace or bracket
    4: the second part of an example that was cut apart
    "#);
    // Nothing but brackets was left over.
    assert_snapshot!(check_split(&[("{\"id\": 1}", 1), ("}\n}", 4)]), @r#"
    {"id":1}
    4: a closing brace or bracket too many
    5: a closing brace or bracket too many
    "#);
    // Without a comma, the second half alone tells what was invented.
    assert_snapshot!(check_split(&[("{\"lamp\": {\"tags\": [\n\"a\"\n]\n}\n}", 1), ("],\n\"on\": true\n}\n}", 8)]), @r#"
    {"lamp":{"tags":["a"],"on":true}}
    3: a closing brace or bracket before the end
    4: a closing brace or bracket before the end
    5: a closing brace or bracket before the end
    8: the second part of an example that was cut apart
    "#);
}

#[test]
fn a_gap_inside_a_block_is_a_page_break() {
    let joined = "{\"lamp\": {\n\"id\": 1,\n}\n}\n\n\n\"on\": true\n}\n}\n\n\n{\"lamp\": {}}";
    assert_snapshot!(check_split(&[(joined, 11)]), @r#"
    {"lamp":{"id":1,"on":true}}
    13: a closing brace or bracket before the end
    14: a closing brace or bracket before the end
    17: the second part of an example that was cut apart
    --
    {"lamp":{}}
    "#);
}

#[test]
fn keeps_examples_apart_that_are_whole() {
    assert_snapshot!(check_split(&[("POST /lamps", 1), ("{\"id\": 1}", 3), ("{\"id\": 2}", 5)]), @r#"
    POST /lamps
    {"id":1}
    --
    {"id":2}
    "#);
}

#[test]
fn says_of_which_objects_all_was_there() {
    let cut = read("{\"a\": {\"x\": 1}, \"b\": {\"x\": 1, ...}, \"c\": {", 1)
        .value
        .unwrap();
    let whole: Vec<bool> = cut
        .members()
        .iter()
        .map(|(_, _, node)| node.whole)
        .collect();
    assert_eq!((cut.whole, whole), (false, vec![true, false, false]));
}

#[test]
fn hostile_nesting_and_quotes_cost_linear_time() {
    for hostile in [
        "[", "{\"a\":", "\"", "‘", "'", "{{", "}", "]", "\\u", "/*", "${", "\"a\n", ",", "\"a\":",
    ] {
        let text = hostile.repeat(50_000);
        read(&text, 1);
        read(&format!("{{{text}"), 1);
        read(&format!("[{text}"), 1);
    }
    let blocks = vec![("\"a\": [1,", 1); 5_000];
    read_split(&blocks);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_back_what_serde_prints(value in any_json(), pretty in any::<bool>()) {
        let printed = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let example = read(&printed.unwrap(), 1);
        prop_assert_eq!(&example.problems, &[]);
        prop_assert_eq!(to_json(&example.value.unwrap()), value);
    }

    #[test]
    fn never_fails(text in "(?s).{0,200}", more in "[\\[\\]{}:,\"'\\\\a1. \n/*#$-]{0,80}") {
        read(&text, u32::MAX);
        read(&more, 1);
        read_split(&[(&text, 1), (&more, 2), (&more, 3)]);
    }

    #[test]
    fn every_problem_stands_on_a_line_of_the_example(text in "[\\[\\]{}:,\"'a1. \n/]{0,80}") {
        let last = 1 + u32::try_from(text.matches('\n').count()).unwrap();
        for problem in read(&text, 1).problems {
            prop_assert!((1..=last).contains(&problem.line));
        }
    }

    #[test]
    fn a_cut_between_members_loses_nothing(before in 1usize..4, after in 1usize..4, closed in any::<bool>()) {
        let member = |number: usize| format!("\"m{number}\": {{\"x\": [{number}]}}");
        let first: Vec<String> = (0..before).map(member).collect();
        let second: Vec<String> = (before..before + after).map(member).collect();
        let invented = if closed { "\n}\n}" } else { "" };
        let first = format!("{{\"root\": {{\n{},{invented}", first.join(",\n"));
        let second = format!("{}\n}}\n}}", second.join(",\n"));
        let examples = read_split(&[(&first, 1), (&second, 50)]);
        prop_assert_eq!(examples.len(), 1);
        let root = examples[0].value.as_ref().unwrap().get("root").unwrap();
        prop_assert_eq!((root.members().len(), root.whole), (before + after, true));
        let repaired = examples[0].problems.iter().any(|problem| problem.what == Repair::EarlyCloser);
        prop_assert_eq!(repaired, closed);
    }
}
