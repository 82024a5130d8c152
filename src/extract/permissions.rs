//! What permission tables say: which action a caller must be allowed to ask for an operation.
//!
//! Main entry: [`join`]. A row names its operation by method and path; where several operations
//! share those, the row's words, compared with titles and with what the body selects by, decide.

use hashbrown::{HashMap, HashSet};

use super::lexicon::{self, Column};
use super::overview::{hole_disputes, shape};
use super::tables::{self, Role, TableRead};
use super::uri::{self, Uri};
use crate::contract::{Claim, Dispute, Fact, Operation, Permission};
use crate::source::{DocumentId, Provenance};

/// One row of a permission table.
struct Granted {
    /// What the row calls the operation.
    name: String,
    /// The operations that it names.
    uris: Vec<Uri>,
    actions: Vec<String>,
    needs: Vec<String>,
    at: Provenance,
}

/// Gives every operation the actions that tables of permissions list for it, and says where such
/// a table names what no page describes. `titles` are those of the operations' pages.
pub fn join(
    document: &DocumentId,
    tables: &[TableRead<'_>],
    titles: &[&str],
    operations: &mut [Operation],
) -> Vec<Dispute> {
    let rows = rows(document, tables);
    let places = Places::new(operations);
    let unnumbered = |title: &&str| plain(lexicon::strip_number(title));
    let titles: Vec<String> = titles.iter().map(unnumbered).collect();
    let mut disputes = Vec::new();
    for row in &rows {
        for uri in &row.uris {
            let Some(found) = places.of(uri) else {
                disputes.push(unknown(uri, row));
                continue;
            };
            let meant = meant(row, &found, &titles, operations);
            if let Some(first) = found.first() {
                disputes.extend(misprint(uri, row, &operations[*first]));
            }
            for place in meant {
                let operation = &mut operations[place];
                disputes.extend(hole_disputes(operation, &uri.path, &row.at));
                let permissions = row.actions.iter().map(|action| Permission {
                    action: action.clone(),
                    needs: row.needs.clone(),
                    at: row.at.clone(),
                });
                operation.permissions.extend(permissions);
            }
        }
    }
    disputes.extend(left_out(operations));
    disputes
}

/// The operations that tables of permissions leave out, where these list most of the others.
/// Deprecated ones are left out for good.
fn left_out(operations: &[Operation]) -> Option<Dispute> {
    let in_use = || {
        operations
            .iter()
            .filter(|operation| operation.deprecated.is_none())
    };
    let missing = || in_use().filter(|operation| operation.permissions.is_empty());
    let (all, without) = (in_use().count(), missing().count());
    if without == 0 || without * 2 > all {
        return None;
    }
    let claims = missing().map(|operation| Claim {
        claim: format!("{} is in no table of permissions", operation.route()),
        at: operation.at.clone(),
    });
    Some(Dispute {
        operation: None,
        field: None,
        fact: Fact::Operation,
        claims: claims.collect(),
    })
}

/// Where operations are, by what rows say of them.
struct Places {
    shapes: HashMap<String, Vec<usize>>,
    letters: HashMap<String, Vec<usize>>,
}

impl Places {
    fn new(operations: &[Operation]) -> Self {
        let mut places = Self {
            shapes: HashMap::new(),
            letters: HashMap::new(),
        };
        for (place, operation) in operations.iter().enumerate() {
            let (method, path) = (operation.method, &operation.path);
            let shaped = places.shapes.entry(shape(method, path)).or_default();
            shaped.push(place);
            let spelled = places
                .letters
                .entry(letters(method.as_str(), &path.to_string()));
            spelled.or_default().push(place);
        }
        places
    }

    /// The operations of this method and path; a lost slash or brace does not matter.
    fn of(&self, uri: &Uri) -> Option<Vec<usize>> {
        let shaped = self.shapes.get(&shape(uri.method, &uri.path));
        let spelled = || {
            self.letters
                .get(&letters(uri.method.as_str(), &uri.path.to_string()))
        };
        shaped.or_else(spelled).cloned()
    }
}

/// Method and path without the signs that print loses.
fn letters(method: &str, path: &str) -> String {
    let kept = path.chars().filter(|c| c.is_ascii_alphanumeric());
    method
        .chars()
        .chain(kept)
        .flat_map(char::to_lowercase)
        .collect()
}

fn rows(document: &DocumentId, tables: &[TableRead<'_>]) -> Vec<Granted> {
    let mut found = Vec::new();
    for read in tables.iter().filter(|read| read.role == Role::Permissions) {
        let texts = |column| {
            let rows = 0..read.table.rows.len();
            let cell = move |row| tables::cell(read.table, row, &read.columns, column);
            rows.map(move |row| cell(row).map(|cell| cell.text()).unwrap_or_default())
                .collect::<Vec<String>>()
        };
        let (names, actions) = (texts(Column::Permission), texts(Column::Action));
        let needs = texts(Column::Dependency);
        let parts = parts_of_actions(&actions);
        for (place, row) in read.table.rows.iter().enumerate() {
            let cells = row.cells.iter();
            found.push(Granted {
                name: names[place].clone(),
                uris: cells.flat_map(|cell| uri::read_all(&cell.text())).collect(),
                actions: actions_in(&actions[place], parts),
                needs: actions_in(&needs[place], parts),
                at: Provenance {
                    document: document.clone(),
                    page: None,
                    line: row.line,
                    table: read.table.number.as_deref().map(Into::into),
                    row: u32::try_from(place + 1).ok(),
                },
            });
        }
    }
    found
}

/// How many parts an action has, parted by colons: what most cells show.
fn parts_of_actions(cells: &[String]) -> usize {
    let words = cells.iter().flat_map(|cell| cell.split_whitespace());
    words.map(|word| word.split(':').count()).max().unwrap_or(1)
}

/// The actions in a cell, mended where the paper's edge broke them: `lamp:wicks: list`.
fn actions_in(cell: &str, parts: usize) -> Vec<String> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || ":_-*.".contains(c);
    let mut found: Vec<String> = Vec::new();
    for word in cell.split_whitespace() {
        if !word.chars().all(is_sign) || !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        match found.last_mut() {
            Some(last) if !is_whole(last, parts) || !word.contains(':') => last.push_str(word),
            _ => found.push(word.to_owned()),
        }
    }
    let mut seen = HashSet::new();
    found.retain(|action| is_whole(action, parts) && seen.insert(action.clone()));
    found
}

fn is_whole(action: &str, parts: usize) -> bool {
    parts > 1 && action.split(':').count() >= parts && !action.ends_with(':')
}

/// No path has more operations than this.
const MOST_ON_A_PATH: usize = 40;

/// Which of the operations on one path a row means.
fn meant(
    row: &Granted,
    places: &[usize],
    titles: &[String],
    operations: &[Operation],
) -> Vec<usize> {
    if places.len() < 2 {
        return places.to_vec();
    }
    let places = &places[..places.len().min(MOST_ON_A_PATH)];
    let title = |place: usize| titles.get(place).map_or("", String::as_str);
    let name = plain(&row.name);
    let same = places.iter().find(|place| title(**place) == name);
    if let Some(place) = same.or_else(|| selected(row, places, operations)) {
        return vec![*place];
    }
    // One row may name several: "light lamps, put out lamps".
    let before = row.name.split(['(', '（']).next().unwrap_or("");
    let parts: Vec<String> = before.split_whitespace().map(plain).collect();
    let each: Vec<usize> = parts
        .iter()
        .filter_map(|part| closest(part, places, title))
        .collect();
    let n_distinct = each.iter().collect::<HashSet<_>>().len();
    if parts.len() > 1 && each.len() == parts.len() && n_distinct == parts.len() {
        return each;
    }
    closest(&name, places, title).into_iter().collect()
}

/// The operation whose body selects by the last word of the row's action.
fn selected<'p>(row: &Granted, places: &'p [usize], operations: &[Operation]) -> Option<&'p usize> {
    let [action] = row.actions.as_slice() else {
        return None;
    };
    let wanted = letters("", action.rsplit(':').next()?);
    let word = |place: &usize| {
        let selector = operations[*place].selector.as_ref();
        letters("", selector.map_or("", |selector| selector.word()))
    };
    let equal = places.iter().find(|place| word(place) == wanted);
    let mut ending = places.iter().filter(|place| word(place).ends_with(&wanted));
    equal.or_else(|| ending.next().filter(|_| ending.next().is_none()))
}

/// Words for comparison: without blanks, and without what stands in brackets at the end.
fn plain(text: &str) -> String {
    let text = lexicon::squeeze(text);
    let bracket = text.find(['(', '（']).filter(|at| *at > 0);
    bracket.map_or(text.clone(), |at| text[..at].to_owned())
}

/// The operation whose title shares most pairs of letters with a name, when it is more than half.
fn closest<'t>(name: &str, places: &[usize], title: impl Fn(usize) -> &'t str) -> Option<usize> {
    let mut shares: Vec<(f64, usize)> = places
        .iter()
        .map(|place| (likeness(name, title(*place)), *place))
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    match shares.as_slice() {
        [(best, place), (next, _), ..] if *best > 0.5 && best > next => Some(*place),
        _ => None,
    }
}

/// The share of pairs of letters that two texts have in common. The crate counts their pairs right and their lengths
/// in bytes, of which a Chinese letter has three.
fn likeness(one: &str, other: &str) -> f64 {
    let n_bytes = (one.len() + other.len()).saturating_sub(2);
    let n_letters = (one.chars().count() + other.chars().count()).saturating_sub(2);
    if one == other || n_letters == 0 {
        return f64::from(u8::from(one == other));
    }
    strsim::sorensen_dice(one, other) * n_bytes as f64 / n_letters as f64
}

/// A row about something that no page describes.
fn unknown(uri: &Uri, row: &Granted) -> Dispute {
    Dispute {
        operation: None,
        field: None,
        fact: Fact::Operation,
        claims: vec![Claim {
            claim: format!(
                "{} {} needs a permission, no page describes it",
                uri.method, uri.path
            ),
            at: row.at.clone(),
        }],
    }
}

/// A path that lost a sign in print.
fn misprint(uri: &Uri, row: &Granted, operation: &Operation) -> Option<Dispute> {
    if shape(uri.method, &uri.path) == shape(operation.method, &operation.path) {
        return None;
    }
    Some(Dispute {
        operation: Some(operation.id.clone()),
        field: None,
        fact: Fact::Operation,
        claims: vec![
            Claim {
                claim: format!("{} {}", operation.method, operation.path),
                at: operation.at.clone(),
            },
            Claim {
                claim: format!("{} {}", uri.method, uri.path),
                at: row.at.clone(),
            },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_and_not_their_bytes() {
        assert_eq!(likeness("点灯", "点灯"), 1.0);
        assert_eq!(likeness("", "点灯"), 0.0);
        assert_eq!(
            likeness("批量点灯", "批量点油灯"),
            likeness("abcd", "abced")
        );
        let titles = ["灯塔的点灯方法", "灯塔的灭灯方法"];
        assert_eq!(closest("灭灯方法", &[0, 1], |place| titles[place]), Some(1));
    }

    #[test]
    fn actions_are_mended() {
        for (cell, expected) in [
            ("lamp:wicks:list", "lamp:wicks:list"),
            (
                "lamp:wicks: list oil:cans:us e",
                "lamp:wicks:list oil:cans:use",
            ),
            ("lamp:wi cks:list -", "lamp:wicks:list"),
            (
                "点灯 lamp:wicks:light • 熄灯 lamp:wicks:light",
                "lamp:wicks:light",
            ),
            ("-", ""),
        ] {
            assert_eq!(actions_in(cell, 3).join(" "), expected, "{cell}");
        }
    }
}
