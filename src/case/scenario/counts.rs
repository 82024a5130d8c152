//! Stories of numbers that say how many things there are: such a number is as large as the list of them is
//! long, before one more is made, beside it, and once it is removed.
//!
//! Main entry: [`counts`]. Told by rule of numbers that are called after the collection in which the things
//! stand (`used_kettles`, `lid_count`) and shown for whatever the collection belongs to.

use super::life::Life;
use super::rule::{draft, is_paged, limit_of, pointer, step};
use super::states::texts_listed;
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{CaseId, Given, Template};
use crate::contract::{Contract, FieldPath, Kind, Operation, Segment, Step, letters};
use crate::wire::Method;

/// The stories of all things that something counts.
pub(super) fn counts(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = cast.lives.iter();
    lives
        .filter_map(|life| story(cast.contract, life))
        .collect()
}

fn story(contract: &Contract, life: &Life<'_>) -> Option<Scenario> {
    let list = Whole::of(contract, life)?;
    let collection = life.path.collection();
    let Some(Segment::Literal(noun)) = collection.0.last() else {
        return None;
    };
    let counters = contract.operations.iter().filter(|other| {
        let of_same = other.path.parameters().eq(life.makes.path.parameters());
        other.method == Method::Get && other.selector.is_none() && of_same
    });
    let looks = |when: &str| -> Vec<ScenarioStep> {
        let counters = counters.clone();
        let looks = counters.flat_map(|shows| list.compared(shows, noun, life, when));
        looks.collect()
    };
    let before = looks("before one more is made");
    if before.is_empty() {
        return None;
    }
    let mut steps = before;
    steps.push(life.made_one());
    steps.extend(looks("beside one more"));
    steps.push(life.removed());
    steps.extend(looks("once it is removed"));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/counted", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "a number says how many there are".to_owned(),
        take: life.taken(),
        steps,
    })
}

/// What is counted in another thing than the one that they were made in, which `around` names.
pub(super) fn compared_in(
    contract: &Contract,
    life: &Life<'_>,
    shows: &Operation,
    around: &(String, Given),
) -> Vec<ScenarioStep> {
    let collection = life.path.collection();
    let (Some(list), Some(Segment::Literal(noun))) =
        (Whole::of(contract, life), collection.0.last())
    else {
        return Vec::new();
    };
    let mut steps = list.compared(shows, noun, life, "inside of the other one");
    for step in &mut steps {
        step.call.path.push(around.clone());
        let asked = step.holds.iter_mut().filter_map(|hold| hold.asked.as_mut());
        asked.for_each(|call| call.path.push(around.clone()));
    }
    steps
}

/// How all things are listed at once.
struct Whole {
    call: Call,
    items: String,
    /// How many there may be on the longest page.
    page: Option<u64>,
}

impl Whole {
    fn of(contract: &Contract, life: &Life<'_>) -> Option<Self> {
        let known = life.lists.as_ref().filter(|lists| {
            let parameters = lists.operation.path.parameters();
            parameters.eq(life.makes.path.parameters())
        });
        let known = known.map(|lists| (lists.operation, lists.items.clone()));
        let (operation, items) = known.or_else(|| list_beside(contract, life))?;
        let most = limit_of(operation).and_then(|(limit, most)| Some((limit, most?)));
        if life.is_moved(operation, &items) || (most.is_none() && is_paged(operation)) {
            return None;
        }
        let mut call = draft(operation);
        if let Some((limit, most)) = most {
            call.query.retain(|(name, _)| *name != limit.name);
            let given = Given::Literal(most.to_string());
            call.query.push((limit.name.clone(), given));
        }
        Some(Self {
            call,
            items: pointer(&items)?,
            page: most.map(|(_, most)| most),
        })
    }

    /// Looks at the numbers that an operation shows of the things.
    fn compared(
        &self,
        shows: &Operation,
        noun: &str,
        life: &Life<'_>,
        when: &str,
    ) -> Vec<ScenarioStep> {
        let fields = shows.response_fields().into_iter();
        let numbers = fields.filter(|(path, field)| {
            let is_sure = field.other_kinds.is_empty() && !life.is_moved(shows, path);
            field.kind == Kind::Integer && is_sure
        });
        let places = numbers.filter_map(|(path, _)| match is_number_of(&path, noun) {
            true => Some((pointer(&path)?, path.to_string())),
            false => in_quota(shows, &path, noun),
        });
        let steps = places.map(|(place, number)| {
            let kept = format!("{place} {when}");
            let as_many = HoldRule::AsMany(Template::Kept(kept.clone()), self.page);
            let title = format!("`{number}` is compared with the list {when}");
            ScenarioStep {
                capture: vec![(kept, place)],
                holds: vec![Hold::asked(self.call.clone(), self.items.clone(), as_many)],
                // Others may make and remove such things, too.
                patient: true,
                ..step(&title, draft(shows), StepExpect::Accepted)
            }
        });
        steps.collect()
    }
}

/// Where a list of quotas says how much of the one of these things is used, and what that is called: each item names
/// its sort.
fn in_quota(shows: &Operation, used: &FieldPath, noun: &str) -> Option<(String, String)> {
    const SORTS: [&str; 4] = ["type", "resource_type", "resource", "name"];
    let [list @ .., Step::Items, Step::Name(leaf)] = &used.0[..] else {
        return None;
    };
    let around = |path: &FieldPath| path.0.split_last().map(|(_, around)| around.to_vec());
    let fields = shows.response_fields().into_iter();
    let mut sorts = fields.filter(|(path, field)| {
        let is_beside = around(path) == around(used) && words(leaf) == ["used"];
        is_beside && SORTS.contains(&path.leaf()) && field.kind == Kind::String
    });
    let (path, own) = sorts.find_map(|(path, sort)| {
        let mut listed = texts_listed(sort).into_iter();
        let own = listed.find(|text| is_one_of(&letters(text), &letters(noun)))?;
        Some((path, own))
    })?;
    let list = pointer(&FieldPath(list.to_vec()))?;
    let name = path.leaf();
    let told = format!("{leaf} of {own}");
    Some((format!("{list}/{name}={own}/{leaf}"), told))
}

/// What lists a collection where nobody can say what the ids of its items are, and its one list.
fn list_beside<'a>(contract: &'a Contract, life: &Life<'_>) -> Option<(&'a Operation, FieldPath)> {
    let mut operations = contract.operations.iter().filter(|other| {
        let is_it = other.path.same_shape(&life.makes.path) && other.selector.is_none();
        is_it && other.method == Method::Get
    });
    let operation = operations.next()?;
    let fields = operation.response_fields().into_iter();
    let mut lists =
        fields.filter(|(path, field)| path.0.len() <= 2 && matches!(field.kind, Kind::Array(_)));
    let (path, _) = lists.next()?;
    lists.next().is_none().then_some((operation, path))
}

/// Whether a number is called after the things of a collection, and says how many there are: not how many
/// there may be.
pub(super) fn is_number_of(path: &FieldPath, noun: &str) -> bool {
    const COUNTING: [&str; 6] = ["used", "count", "num", "number", "existing", "created"];
    const BESIDE: [&str; 3] = ["total", "of", "current"];
    let words = words(path.leaf());
    let is_counting = |word: &String| COUNTING.contains(&word.as_str());
    let thing: Vec<&String> = words
        .iter()
        .filter(|word| !is_counting(word) && !BESIDE.contains(&word.as_str()))
        .collect();
    let noun = self::words(noun);
    let noun: Vec<&String> = noun.iter().filter(|word| *word != "os").collect();
    let is_called = match (thing.split_last(), noun.split_last()) {
        (Some((one, ones)), Some((many, manies))) => ones == manies && is_one_of(one, many),
        (None, _) | (_, None) => false,
    };
    is_called && words.iter().any(is_counting)
}

/// Whether a word is a plural one, or the same of one thing.
fn is_one_of(word: &str, plural: &str) -> bool {
    let ending_in_y = word.strip_suffix('y').map(|stem| format!("{stem}ies"));
    let plurals = [format!("{word}s"), format!("{word}es")];
    word == plural || plurals.iter().chain(&ending_in_y).any(|own| own == plural)
}

/// The words of a name: `totalLidsUsed` is `total`, `lids` and `used`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Scalar, Statement, sample};

    fn check(name: &str, noun: &str, expected: bool) {
        assert_eq!(
            is_number_of(&FieldPath::root(name), noun),
            expected,
            "{name}"
        );
    }

    #[test]
    fn a_number_is_called_after_what_it_counts() {
        check("used_kettles", "kettles", true);
        check("totalTeaCaddiesUsed", "os-tea-caddies", true);
        check("lid_count", "lids", true);
        check("max_kettles", "kettles", false);
        check("maxTotalKettles", "kettles", false);
        check("kettles", "kettles", false);
        check("used_cups", "kettles", false);
        check("count", "kettles", false);
    }

    #[test]
    fn a_number_is_compared_before_and_after() {
        let routes = [
            ("POST /v1/{house_id}/kettles", "kettle.name", "kettle.id"),
            ("GET /v1/{house_id}/kettles", "", "kettles.id"),
            ("DELETE /v1/{house_id}/kettles/{kettle_id}", "", ""),
            ("GET /v1/{house_id}/limits", "", "limits.used_kettles"),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let kind = |operation: &mut Operation, kind: Kind| {
            operation.response.as_mut().expect("it answers").fields[0].kind = kind;
        };
        kind(&mut operations[1], Kind::Array(Box::new(Kind::Object)));
        let limits = operations[3].response.as_mut().expect("it answers");
        limits.fields[0].children[0].kind = Kind::Integer;
        let told = tell(counts, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let titles: Vec<&str> = steps.map(|step| step.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "`limits.used_kettles` is compared with the list before one more is made",
                "it is made",
                "`limits.used_kettles` is compared with the list beside one more",
                "it is removed",
                "`limits.used_kettles` is compared with the list once it is removed",
            ]
        );
    }

    #[test]
    fn a_list_of_quotas_says_how_many_of_a_sort_are_used() {
        let mut shows = sample::operation("GET /v1/quotas", "", "quotas.sort");
        let more = sample::operation("GET /v1/more", "", "type used").response;
        let mut more = more.expect("it answers").fields;
        let values = ["lid", "kettle"].map(|word| Scalar::Text(word.to_owned()));
        more[0].statements.push(Statement {
            constraint: Constraint::Enum {
                values: values.to_vec(),
                open: false,
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        more[1].kind = Kind::Integer;
        let quotas = &mut shows.response.as_mut().expect("it answers").fields[0];
        quotas.kind = Kind::Array(Box::new(Kind::Object));
        quotas.children.extend(more);
        let fields = shows.response_fields();
        let used = fields.iter().find(|(path, _)| path.leaf() == "used");
        let (used, _) = used.expect("it is shown");
        let place = |noun: &str| in_quota(&shows, used, noun).map(|(place, _)| place);
        assert_eq!(
            place("kettles").as_deref(),
            Some("/quotas/type=kettle/used")
        );
        assert_eq!(place("stoves"), None);
    }
}
