//! Reads `METHOD /path/{hole}?name={name}` as documents print it: wrapped, with stray blanks.
//!
//! Main entry: [`read`].

use crate::contract::{PathTemplate, Segment};
use crate::wire::Method;

/// A method and a path, as printed in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Uri {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// The names in the printed query.
    pub query: Vec<String>,
    /// What follows it, e.g. a sentence.
    pub rest: String,
}

/// Reads the method and path at the start of `text`. Blanks inside the path are taken out where
/// the text goes on as a path: after or before a slash, a brace or a sign of the query.
pub fn read(text: &str) -> Option<Uri> {
    let (word, rest) = text.trim().split_once(char::is_whitespace)?;
    let method = word.parse().ok()?;
    let mut tokens = rest.split_whitespace().peekable();
    let mut target = path_of(tokens.next()?)?.to_owned();
    while let Some(next) = tokens.peek() {
        if !goes_on(&target, next) {
            break;
        }
        target.push_str(next);
        tokens.next();
    }
    let rest = tokens.collect::<Vec<_>>().join(" ");
    let (path, query) = split_query(&target);
    let path = without_inner_text(&PathTemplate::parse(path))?;
    Some(Uri {
        method,
        path,
        query,
        rest,
    })
}

/// The path of a token: the token itself, or what follows scheme and host.
fn path_of(token: &str) -> Option<&str> {
    if token.starts_with('/') {
        return Some(token);
    }
    let after = token.split_once("://")?.1;
    let slash = after.find('/')?;
    Some(&after[slash..])
}

fn goes_on(target: &str, next: &str) -> bool {
    let plain = next.chars().all(|c| c.is_ascii_graphic());
    let in_hole = target.rfind('{') > target.rfind('}');
    // The root alone ends in a slash too; only more of a path goes on from there.
    let before = target != "/" && target.ends_with(['/', '?', '&', '=', '-', '_', '{']);
    let after = next.starts_with(['/', '?', '&', '{', '}']);
    plain && (in_hole || before || after) && next.parse::<Method>().is_err()
}

/// The names in the query of a target.
pub fn query_names(target: &str) -> Vec<String> {
    split_query(target).1
}

/// Parts path and query. A query is printed as `?a={a}&b={b}`, as `{?a,b}`, or as `?a&b`.
fn split_query(target: &str) -> (&str, Vec<String>) {
    let Some(at) = target.find('?') else {
        return (target, Vec::new());
    };
    let path = target[..at].trim_end_matches('{');
    let names = target[at + 1..].split(['&', ',']).filter_map(|pair| {
        let name = pair.split('=').next()?.trim_matches(['{', '}']);
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.:".contains(c));
        is_name.then(|| name.to_owned())
    });
    (path, names.collect())
}

/// Refuses what only looks like a path, and repairs holes: `{ a }` is `{a}`.
fn without_inner_text(path: &PathTemplate) -> Option<PathTemplate> {
    let segments = path.0.iter().map(|segment| match segment {
        Segment::Literal(text) => text
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>\"`|".contains(c))
            .then(|| Segment::Literal(text.clone())),
        Segment::Parameter(name) => Some(Segment::Parameter(name.trim().to_owned())),
    });
    segments.collect::<Option<Vec<_>>>().map(PathTemplate)
}

/// Every method and path in a table cell: `GET /a POST /b`.
pub fn read_all(text: &str) -> Vec<Uri> {
    let mut found = Vec::new();
    let mut rest = text.trim().to_owned();
    while let Some(start) = first_method(&rest) {
        match read(&rest[start..]) {
            Some(uri) => {
                rest.clone_from(&uri.rest);
                found.push(uri);
            }
            None => break,
        }
        if found.len() > 20 {
            break;
        }
    }
    found
}

fn first_method(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.trim().parse::<Method>().is_ok() {
            return Some(at);
        }
        at += word.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = read(text).map_or("nothing".to_owned(), |uri| {
            format!("{} {} {:?} {}", uri.method, uri.path, uri.query, uri.rest)
        });
        assert_eq!(shown.trim(), expected, "{text}");
    }

    #[test]
    fn paths_are_joined_where_they_were_wrapped() {
        check("GET /v1/{ port}/lamps", "GET /v1/{port}/lamps []");
        check(
            "GET /v1/ {port}/ lamps/ {lamp_id}",
            "GET /v1/{port}/lamps/{lamp_id} []",
        );
        check("POST /v1/{port}/os- lamps", "POST /v1/{port}/os-lamps []");
        check("GET / and more", "GET / [] and more");
    }

    #[test]
    fn queries_are_read_in_three_notations() {
        check(
            "GET /lamps?limit={limit}&marker={marker}",
            "GET /lamps [\"limit\", \"marker\"]",
        );
        check("GET /lamps? limit={limit}", "GET /lamps [\"limit\"]");
        check(
            "DELETE /lamps/{id}{?force}",
            "DELETE /lamps/{id} [\"force\"]",
        );
    }

    #[test]
    fn what_is_no_path_is_refused() {
        check("GET lamps", "nothing");
        check("LIGHT /lamps", "nothing");
        check("GET", "nothing");
        check("GET https://{endpoint}/lamps", "GET /lamps []");
    }

    #[test]
    fn a_cell_may_hold_several() {
        let all = read_all("POST /a/ {b} POST /a/ {b}/c");
        assert_eq!(
            all.iter()
                .map(|uri| uri.path.to_string())
                .collect::<Vec<_>>(),
            ["/a/{b}", "/a/{b}/c"]
        );
    }
}
