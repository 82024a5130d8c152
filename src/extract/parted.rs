//! Parts an operation that is several: where each request has exactly one of several objects, `light` or `quench`, or
//! says by one of several words what it does, `"action": "add"`, each of them is an operation of its own. Words are that
//! where the second takes back what the first does, or where the prose tells for one and another which states they
//! need or lead to.
//!
//! Main entries: [`parts`], [`routes`] and [`whole`]. What the prose says of one of them alone is known by its word: "only dark
//! lamps can be lit" names neither, "only dark lamps can be quenched" is about `quench`.

use hashbrown::{HashMap, HashSet};

use super::backwards;
use super::claims;
use super::constraints;
use super::phrases::{self, Said, Subject};
use crate::contract::{
    Constraint, Field, Kind, NO_EFFECT_WHEN, Operation, Presence, Scalar, Segment, Selector,
    Statement, are_opposite_words,
};
use crate::wire::Method;

/// An operation that is more than these is none.
const MOST_PARTS: usize = 16;
/// More sentences of a line than these are not looked at again.
const MOST_SENTENCES: usize = 16;

/// A statement of the operation as a whole, and the text of its line.
pub type Told = (Said, String);

/// The operations that an operation is, each with what was told of it; itself alone where it is one. The `title` of its
/// page may tell of one of them alone.
pub fn parts(operation: Operation, told: &[Told], title: &str) -> Vec<Operation> {
    let (keys, is_word) = match keys(&operation) {
        keys if keys.is_empty() => (words(&operation), true),
        keys => (keys, false),
    };
    let takes_back = matches!(&keys[..], [one, other] if are_opposite_words(one, other));
    let heard = Heard::new(told, &keys, is_word);
    if keys.is_empty() || is_word && !takes_back && !heard.tells_apart() {
        return vec![operation];
    }
    let parts = keys.iter().map(|key| {
        let mut part = operation.clone();
        let said = std::mem::take(&mut part.statements).into_iter();
        part.statements = said.filter_map(|said| heard.of(said, key)).collect();
        if let Some(body) = &mut part.request {
            if is_word {
                let word = [Scalar::Text(key.clone())];
                let undone = keys.first().filter(|_| takes_back);
                body.fields.retain(|field| !is_void(field, key));
                for field in &mut body.fields {
                    say(field, &word);
                    settle(field, key);
                    if let Some(undone) = undone.filter(|undone| *undone != key) {
                        backwards::settle(field, (SAYS, undone), backwards::is_told(title));
                    }
                }
            } else {
                body.fields.retain(|field| field.name == *key);
                body.fields.iter_mut().for_each(stand_alone);
            }
        }
        part
    });
    parts.collect()
}

/// The route of each page's operation; the plain one where it is several.
pub fn routes(operations: &[Operation], places: &[usize]) -> Vec<String> {
    let groups = places.chunk_by(|one, other| one == other);
    let mut rest = operations;
    let routes = groups.map(|group| {
        let (own, others) = rest.split_at(group.len());
        rest = others;
        match own {
            [only] => only.route(),
            several => several.first().map_or_else(String::new, |first| {
                format!("{} {}", first.method, first.path)
            }),
        }
    });
    routes.collect()
}

/// The operations as the document prints them: those that only a word of the request tells apart are one again.
pub fn whole(operations: &[Operation]) -> Vec<Operation> {
    let groups = operations.chunk_by(is_part_of_same);
    let whole = groups.filter_map(|group| {
        let mut whole = group.first()?.clone();
        if let [_, others @ ..] = group
            && !others.is_empty()
        {
            whole.selector = None;
            others.iter().for_each(|other| take_in(&mut whole, other));
        }
        Some(whole)
    });
    whole.collect()
}

/// Whether both are parts of one operation, told apart by a word of the request.
fn is_part_of_same(one: &Operation, other: &Operation) -> bool {
    let is_word =
        |operation: &Operation| matches!(operation.selector, Some(Selector::Value { .. }));
    one.at == other.at && is_word(one) && is_word(other)
}

/// An operation says also what another part of the same says.
fn take_in(whole: &mut Operation, other: &Operation) {
    for said in &other.statements {
        if !whole.statements.contains(said) {
            whole.statements.push(said.clone());
        }
    }
    let says = |operation: &Operation| {
        let mut fields = operation.request.iter().flat_map(|body| &body.fields);
        let field = fields.find(|field| field.name == SAYS)?;
        field.statements.iter().find_map(listed)
    };
    let words = [says(whole), says(other)].into_iter().flatten().flatten();
    let values: Vec<Scalar> = words.map(Scalar::Text).collect();
    if let (Some(body), Some(own)) = (&mut whole.request, &other.request) {
        for field in &own.fields {
            if !body.fields.iter().any(|known| known.name == field.name) {
                body.fields.push(field.clone());
            }
        }
        body.fields.iter_mut().for_each(|field| {
            say(field, &values);
            unsettle(field);
        });
    }
}

/// The members of the body of which each request has one.
fn keys(operation: &Operation) -> Vec<String> {
    let body = operation.request.as_ref();
    let fields = body.map_or(&[][..], |body| body.fields.as_slice());
    if fields.len() > MOST_PARTS || !is_action(operation) {
        return Vec::new();
    }
    let said = fields
        .iter()
        .flat_map(|field| field.statements.iter().map(move |said| (field, said)));
    let lists = said.filter_map(|(field, said)| {
        let Constraint::ExclusiveWith(rivals) = &said.constraint else {
            return None;
        };
        Some((field.name.as_str(), rivals))
    });
    let rivals = lists.flat_map(|(name, rivals)| {
        let rivals = rivals.iter();
        rivals.map(move |rival| (name, rival.as_str()))
    });
    let rivals: HashSet<(&str, &str)> = rivals.collect();
    let are_rivals = |one: &Field, other: &Field| {
        let names = (one.name.as_str(), other.name.as_str());
        rivals.contains(&names) || rivals.contains(&(names.1, names.0))
    };
    let needed = |field: &Field| {
        let mut said = field.statements.iter();
        said.any(|said| matches!(said.constraint, Constraint::RequiredIf(_)))
    };
    let each_has_one = fields.len() > 1
        && fields.iter().any(needed)
        && fields
            .iter()
            .all(|field| matches!(field.kind, Kind::Object | Kind::Map { .. }))
        && fields.iter().enumerate().all(|(place, field)| {
            fields[place + 1..]
                .iter()
                .all(|other| are_rivals(field, other))
        });
    let names = fields.iter().filter(|_| each_has_one);
    names.map(|field| field.name.clone()).collect()
}

/// What a member of the body is called by which a request says what it does.
const SAYS: &str = "action";

/// The words by one of which each request says what it does.
fn words(operation: &Operation) -> Vec<String> {
    let body = operation.request.as_ref().filter(|_| is_action(operation));
    let fields = body.map_or(&[][..], |body| body.fields.as_slice());
    let says = fields.iter().find(|field| {
        let is_there = field.presence == Presence::Required;
        field.name == SAYS && field.kind == Kind::String && is_there
    });
    let said = says.map_or(&[][..], |field| field.statements.as_slice());
    let lists = said.iter().filter_map(listed);
    let lists: Vec<Vec<String>> = lists.collect();
    match lists.as_slice() {
        [words] if (2..=MOST_PARTS).contains(&words.len()) => words.clone(),
        _ => Vec::new(),
    }
}

/// The texts that a statement lists, where these are all that there are.
fn listed(said: &Statement) -> Option<Vec<String>> {
    let Constraint::Enum {
        values,
        open: false,
    } = &said.constraint
    else {
        return None;
    };
    let texts = values.iter().map(|value| match value {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Null | Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Decimal(_) => None,
    });
    texts.collect()
}

/// The member that says what a request does says one of these words.
fn say(field: &mut Field, words: &[Scalar]) {
    let said = field.statements.iter_mut();
    for said in said.filter(|said| field.name == SAYS && listed(said).is_some()) {
        said.constraint = Constraint::Enum {
            values: words.to_vec(),
            open: false,
        };
    }
}

/// Whether a field counts for nothing beside this word.
fn is_void(field: &Field, word: &str) -> bool {
    let words = format!("{NO_EFFECT_WHEN}{SAYS} == {word}");
    field
        .statements
        .iter()
        .any(|said| said.constraint.is_remark(&words))
}

/// What only some words need may be left out beside others.
fn unsettle(field: &mut Field) {
    let of_word = format!("{SAYS} == ");
    let is_of_word = field.statements.iter().any(|said| {
        matches!(&said.constraint, Constraint::RequiredIf(when) if when.starts_with(&of_word))
    });
    if is_of_word {
        field.presence = Presence::Optional;
    }
    field.children.iter_mut().for_each(unsettle);
}

/// What a request must have because of this word is there; so is what each item must have.
fn settle(field: &mut Field, word: &str) {
    let condition = Constraint::RequiredIf(format!("{SAYS} == {word}"));
    if field
        .statements
        .iter()
        .any(|said| said.constraint == condition)
    {
        field.presence = Presence::Required;
    }
    if !matches!(field.kind, Kind::Array(_)) {
        return;
    }
    for item in &mut field.children {
        if item
            .statements
            .iter()
            .any(|said| said.constraint == condition)
        {
            item.presence = Presence::Required;
        }
    }
}

/// What makes or changes things is one operation, whatever it makes them of.
fn is_action(operation: &Operation) -> bool {
    let last = operation.path.0.last();
    let is_named = matches!(last, Some(Segment::Literal(last)) if last.contains("action"));
    is_named && operation.method == Method::Post
}

/// The one member that is left must be there.
fn stand_alone(field: &mut Field) {
    field.presence = Presence::Required;
    field.statements.retain(|said| {
        !matches!(
            said.constraint,
            Constraint::ExclusiveWith(_) | Constraint::RequiredIf(_)
        )
    });
}

/// What was told, and the members that are meant.
type Meant<'t> = (&'t Told, Vec<&'t String>);

/// What was told of an operation that is several, by its lines and rules.
struct Heard<'t> {
    told: HashMap<(u32, String), Vec<Meant<'t>>>,
    /// Whether the members are words for one and the same thing: a state of which nobody says whose it is, is of all.
    is_word: bool,
}

impl<'t> Heard<'t> {
    fn new(told: &'t [Told], keys: &'t [String], is_word: bool) -> Self {
        /// More than these are not told apart.
        const MOST: usize = 64;
        let mut sentences: HashMap<u32, Vec<String>> = HashMap::new();
        let mut heard: HashMap<(u32, String), Vec<Meant<'_>>> = HashMap::new();
        for told in told {
            let (said, line) = told;
            let here = heard.entry((said.line, said.rule.to_owned())).or_default();
            if here.len() == MOST {
                continue;
            }
            let sentences = sentences.entry(said.line).or_insert_with(|| {
                let all = phrases::sentences(line).into_iter();
                all.take(MOST_SENTENCES).collect()
            });
            here.push((told, meant(said, sentences, keys)));
        }
        Self {
            told: heard,
            is_word,
        }
    }

    /// Whether states are told for one of the members alone, and others for another one.
    fn tells_apart(&self) -> bool {
        let all = self.told.values().flatten();
        let of_state = all.filter(|((said, _), _)| is_of_state(&said.constraint));
        let alone = of_state.filter_map(|(_, meant)| match meant.as_slice() {
            [only] => Some(*only),
            [] | [_, ..] => None,
        });
        alone.collect::<HashSet<&String>>().len() > 1
    }

    /// A statement as it is one of this member; none where others are meant. A state of which nobody says whose it is
    /// is a remark.
    fn of(&self, statement: Statement, key: &String) -> Option<Statement> {
        let place = (statement.at.line, statement.rule.clone());
        let sources = self.told.get(&place).into_iter().flatten();
        let same = sources.filter(|((said, line), _)| {
            constraints::owned(&said.constraint, line) == statement.constraint
        });
        let meant: Vec<&&String> = same.flat_map(|(_, meant)| meant).collect();
        if meant.is_empty() && !self.is_word && is_of_state(&statement.constraint) {
            let told = claims::tell(&statement.constraint);
            let constraint = Constraint::Other(format!("of one of several: {told}"));
            return Some(Statement {
                constraint,
                ..statement
            });
        }
        (meant.is_empty() || meant.contains(&&key)).then_some(statement)
    }
}

/// Whether this is about a state that a thing must be in, or comes to.
fn is_of_state(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Within { holds, .. } => is_of_state(holds),
        other => {
            matches!(other, Constraint::StatePrecondition { .. }) || other.leads_to().is_some()
        }
    }
}

/// The members that sentences of a line say this of. A sentence that names none goes on with those of the one before
/// it.
fn meant<'k>(said: &Said, sentences: &[String], keys: &'k [String]) -> Vec<&'k String> {
    let mut last: Vec<&String> = Vec::new();
    let mut found = Vec::new();
    for sentence in sentences {
        let named: Vec<&String> = keys.iter().filter(|key| names(sentence, key)).collect();
        if !named.is_empty() {
            last = named;
        }
        if says(sentence, said) {
            found.extend(&last);
        }
    }
    found
}

/// Whether a sentence alone says this.
fn says(sentence: &str, said: &Said) -> bool {
    let prose = phrases::alone(sentence, said.line);
    let heard = phrases::read(&prose, &Subject::OPERATION);
    let mut heard = heard.statements.iter();
    heard.any(|other| other.constraint == said.constraint)
}

/// Whether a sentence speaks of what a member does: `dim` is meant by "can be dimmed" and "when dimming", and not by "a
/// dimmed lamp", which tells of a state.
fn names(sentence: &str, key: &str) -> bool {
    let action = key.rsplit(['-', '_', ':', '.']).next().unwrap_or(key);
    let action = action.to_lowercase();
    let stem = action.strip_suffix('e').unwrap_or(&action);
    let text = sentence.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_done = |place: usize| {
        let before = &words[place.saturating_sub(4)..place];
        before
            .iter()
            .any(|word| matches!(*word, "be" | "been" | "being"))
    };
    words.iter().enumerate().any(|(place, word)| {
        let Some(rest) = word.strip_prefix(stem) else {
            return false;
        };
        let doubled = stem.chars().last();
        let rest = doubled
            .and_then(|last| rest.strip_prefix(last))
            .unwrap_or(rest);
        match rest {
            "ed" => is_done(place),
            "" | "e" | "s" | "es" | "ing" => true,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::reading;
    use super::*;

    #[test]
    fn a_member_is_meant_by_what_is_done() {
        let check = |sentence: &str, key: &str, expected: bool| {
            assert_eq!(names(sentence, key), expected, "{sentence} {key}");
        };
        check("Only lamps in the LIT state can be dimmed.", "dim", true);
        check("A dimmed lamp cannot be sold.", "dim", false);
        check("Lamps that are dimmed cannot be sold.", "dim", false);
        check("A dimmed lamp cannot be sold or dimmed again.", "dim", true);
        check("After dimming, it is DARK.", "os-dim", true);
        check("Only dark lamps can be used.", "use", true);
    }

    #[test]
    fn each_of_several_members_is_an_operation() {
        let text = "\
# 1 Tending a lamp
# Constraints
- Exactly one of light, dim, and lock must be specified.
- Only lamps in the DARK state can be lighted.
- Only lamps in the LIT state can be dimmed. After the request is accepted, the lamp status changes to DARK.
- Only lamps in the DARK or LIT state can be used.
# URI
POST /v1/lamps/{lamp_id}/action
# Request
| Parameter | Mandatory | Type | Description |
| light | No | Object | - |
| dim | No | Object | - |
| lock | No | Object | - |
# Example Request
{\"dim\": {}}
";
        let reading = reading(text);
        let operations = reading.contract.operations.iter();
        let told = operations.map(|operation| {
            let states = operation
                .statements
                .iter()
                .filter_map(|said| match &said.constraint {
                    Constraint::StatePrecondition { states, .. } => Some(states.join(" ")),
                    other => Some(format!("to {}", other.leads_to()?)),
                });
            let body = operation.request.as_ref().expect("it asks");
            let [only] = &body.fields[..] else {
                panic!("each has one member");
            };
            assert_eq!(
                (only.presence, only.statements.len()),
                (Presence::Required, 0)
            );
            let route = operation.route();
            format!("{route}: {}", states.collect::<Vec<_>>().join(", "))
        });
        let told: Vec<String> = told.collect();
        assert_eq!(
            told,
            [
                "POST /v1/lamps/{lamp_id}/action#light: DARK",
                "POST /v1/lamps/{lamp_id}/action#dim: LIT, to DARK",
                "POST /v1/lamps/{lamp_id}/action#lock: ",
            ]
        );
        assert_eq!(reading.contract.disputes, []);
    }

    #[test]
    fn a_word_and_its_opposite_are_two_operations_and_one_in_print() {
        let told = |words: &str| {
            let first = words.split(' ').next().expect("there is a word");
            let text = format!(
                "# 1 Adding or removing stickers\n# Constraints\n- A lamp can have at most 5 stickers.\n# URI\n\
                 POST /v1/lamps/{{lamp_id}}/stickers/action\n# Request\n\
                 | Parameter | Mandatory | Type | Description |\n\
                 | action | Yes | String | The value can be {words}. |\n| stickers | Yes | Array of objects | The stickers. See Table 1. |\n\n\
                 Table 1 sticker data structure\n| Parameter | Mandatory | Type | Description |\n\
                 | key | Yes | String | The key. |\n\
                 | color | No | String | The color. It is mandatory when action is set to {first}. |\n"
            );
            let reading = reading(&text);
            let operations = &reading.contract.operations;
            let printed = whole(operations);
            let all = operations.iter().chain(&printed).map(|operation| {
                let fields = operation.request_fields().into_iter();
                let words: Vec<String> = fields
                    .flat_map(|(_, field)| field.statements.iter().filter_map(listed))
                    .flatten()
                    .collect();
                let fields = operation.request_fields().into_iter();
                let needed = fields.filter(|(path, field)| {
                    path.0.len() == 3 && field.presence == Presence::Required
                });
                let items = operation.request_fields();
                let items = items.iter().filter(|(path, _)| path.0.len() == 3);
                let (n_said, needed, n_items) =
                    (operation.statements.len(), needed.count(), items.count());
                let words = words.join(" ");
                format!("{}: {words} {n_said} {needed}/{n_items}", operation.route())
            });
            all.collect::<Vec<_>>()
        };
        let route = "POST /v1/lamps/{lamp_id}/stickers/action";
        assert_eq!(
            told("add or remove"),
            [
                format!("{route}#add: add 1 2/2"),
                format!("{route}#remove: remove 1 1/2"),
                format!("{route}: add remove 1 1/2"),
            ]
        );
        let plain = format!("{route}: count list 1 1/2");
        assert_eq!(told("count or list"), [plain.clone(), plain]);
    }

    #[test]
    fn words_are_operations_where_states_are_told_of_one_and_another() {
        let told = |states: &str| {
            let text = format!(
                "# 1 Tending a lamp\n# Constraints\n{states}# URI\nPOST /v1/lamps/{{lamp_id}}/action\n# Request\n\
                 | Parameter | Mandatory | Type | Description |\n\
                 | action | Yes | String | The value can be light or polish. |\n\
                 | cloth | No | String | The cloth. It is mandatory when action is set to polish. |\n"
            );
            let reading = reading(&text);
            let operations = reading.contract.operations.iter().map(|operation| {
                let states = operation.statements.iter().filter_map(|said| {
                    if let Constraint::StatePrecondition { states, .. } = &said.constraint {
                        Some(states.join(" "))
                    } else {
                        None
                    }
                });
                let fields = operation.request_fields().into_iter();
                let needed = fields.filter(|(_, field)| field.presence == Presence::Required);
                let (states, needed) = (states.collect::<Vec<_>>().join(", "), needed.count());
                format!("{}: {states} {needed}", operation.route())
            });
            operations.collect::<Vec<_>>()
        };
        let route = "POST /v1/lamps/{lamp_id}/action";
        let apart = "- light: only lamps in the DARK state can be lighted.\n- polish: only lamps in the COLD state can be polished.\n";
        assert_eq!(
            told(apart),
            [
                format!("{route}#light: DARK 1"),
                format!("{route}#polish: COLD 2"),
            ]
        );
        let of_all = "- Only lamps in the DARK state can be used.\n";
        assert_eq!(told(of_all), [format!("{route}: DARK 1")]);
    }
}
