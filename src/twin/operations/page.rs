//! Pages of a list: `limit`, `marker`, `offset`, sort keys, and the link to what follows.

use std::cmp::Ordering;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::call::Call;
use super::super::fault::Fault;
use super::pattern::Thing;
use crate::contract::{Constraint, Place, Scalar};

/// No page has more.
const MOST: usize = 1000;

/// A part of a list.
pub(super) struct Page<'w, T> {
    pub(super) things: Vec<&'w T>,
    /// The id that the next page comes after, where there is one.
    pub(super) more_after: Option<&'w str>,
    /// How many there are on all pages.
    pub(super) n_all: usize,
}

/// What a thing is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SortValue {
    Number(u64),
    Text(String),
}

/// The page of the list, the oldest first, that the query asks for.
pub(super) fn of<'w, T: Thing>(
    mut things: Vec<&'w T>,
    call: &Call<'_>,
) -> Result<Page<'w, T>, Fault> {
    sort(&mut things, call)?;
    let n_all = things.len();
    let start = match (call.asked("marker"), number(call, "offset")?) {
        (Some(marker), _) => {
            let place = things.iter().position(|thing| thing.id() == marker);
            place.ok_or_else(|| Fault::invalid(format!("marker {marker} is not in the list")))? + 1
        }
        (None, Some(offset)) => offset,
        (None, None) => 0,
    };
    let limit = number(call, "limit")?
        .unwrap_or_else(|| usual(call))
        .min(MOST);
    let end = start.saturating_add(limit).min(n_all);
    let more = end < n_all && limit > 0;
    let page = things.get(start.min(end)..end).unwrap_or_default().to_vec();
    Ok(Page {
        more_after: page.last().filter(|_| more).map(|last| last.id()),
        things: page,
        n_all,
    })
}

/// The size of a page that nobody gave a size.
fn usual(call: &Call<'_>) -> usize {
    let mut parameters = call.operation.parameters.iter();
    let limit = parameters.find(|p| p.place == Place::Query && p.field.name == "limit");
    let statements = limit.iter().flat_map(|limit| &limit.field.statements);
    let mut defaults = statements.filter_map(|statement| {
        if let Constraint::Default(Scalar::Integer(number)) = statement.constraint {
            usize::try_from(number).ok()
        } else {
            None
        }
    });
    defaults.next().unwrap_or(MOST)
}

fn number(call: &Call<'_>, name: &str) -> Result<Option<usize>, Fault> {
    let Some(text) = call.asked(name) else {
        return Ok(None);
    };
    let number = text.parse();
    number
        .map(Some)
        .map_err(|_| Fault::invalid(format!("{name} must be a number, and not below 0")))
}

/// Sorts by the keys of the query: the newest first where a list is of servers and none is given.
fn sort<T: Thing>(things: &mut [&T], call: &Call<'_>) -> Result<(), Fault> {
    let values = |name: &str| {
        let query = call.query.iter().filter(move |(known, _)| known == name);
        query.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let (keys, directions) = (values("sort_key"), values("sort_dir"));
    if T::NEWEST_FIRST {
        things.reverse();
    }
    for (place, key) in keys.iter().enumerate().rev() {
        let usual = if T::NEWEST_FIRST { "desc" } else { "asc" };
        let descending = match directions.get(place).map_or(usual, String::as_str) {
            "desc" => true,
            "asc" => false,
            _ => return Err(Fault::invalid("sort_dir must be asc or desc")),
        };
        let by = |a: &&T, b: &&T| a.sorted_by(call, key).cmp(&b.sorted_by(call, key));
        things.sort_by(|a, b| match by(a, b) {
            Ordering::Equal => Ordering::Equal,
            order if descending => order.reverse(),
            order => order,
        });
    }
    Ok(())
}

/// The link to the page after this thing: the same query with another marker.
pub(super) fn next_link(call: &Call<'_>, after: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let kept = call.query.iter();
    let kept = kept.filter(|(name, _)| !matches!(name.as_str(), "marker" | "offset"));
    let mut link = format!("{}{}?", call.base, call.path);
    for (name, value) in kept {
        link.push_str(&format!("{}={}&", encoded(name), encoded(value)));
    }
    link.push_str(&format!("marker={}", encoded(after)));
    link
}
