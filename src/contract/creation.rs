//! Which operation makes something, and which one removes it again: read from the shape of paths.
//!
//! Main entry: [`creations`]. It knows words of English (attach, detach) and no API.

use super::{Contract, Operation, PathTemplate, Segment, Selector, is_project, listings};
use super::{Field, FieldPath, Kind, OperationId, Step};
use crate::wire::Method;

/// An operation that makes something, and the one that removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// What makes it.
    pub makes: OperationId,
    /// What removes it.
    pub removes: OperationId,
    /// How the removal names what it removes.
    pub named: Named,
}

/// How a removal names what it removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the last parameter of its path, whose value the creation's answer or request shows.
    Parameter {
        /// The parameter.
        name: String,
        /// Where the creation's answer, or that of its job, shows the value.
        answered: Vec<FieldPath>,
        /// Where the creation's request shows it.
        asked: Vec<FieldPath>,
    },
    /// By its id in a list in the body of a request that removes many: `POST /kettles/delete`.
    Listed {
        /// What a path calls such an id: `kettle_id`.
        name: String,
        /// Where the creation's answer, or that of its job, shows the value.
        answered: Vec<FieldPath>,
        /// Where the removal's body names what it removes.
        ids: FieldPath,
    },
    /// By the very path of the creation.
    SamePath,
    /// By the body of the creation, with another selector.
    SameBody(Selector),
}

/// Verbs that make, each with the one that takes it back.
const OPPOSITES: [(&str, &str); 11] = [
    ("attach", "detach"),
    ("create", "delete"),
    ("add", "remove"),
    ("add", "delete"),
    ("bind", "unbind"),
    ("associate", "disassociate"),
    ("mount", "unmount"),
    ("join", "leave"),
    ("register", "unregister"),
    ("allocate", "release"),
    ("assign", "unassign"),
];

/// Every creation that can be taken back, each by the removal that names it best: one that removes
/// nothing else before one that removes many.
pub fn creations(contract: &Contract) -> Vec<Creation> {
    let found = contract.operations.iter().filter_map(|makes| {
        let mut removals = contract
            .operations
            .iter()
            .filter_map(|removes| creation(contract, makes, removes));
        let first = removals.next()?;
        if !matches!(first.named, Named::Listed { .. }) {
            return Some(first);
        }
        let better = removals.find(|other| !matches!(other.named, Named::Listed { .. }));
        Some(better.unwrap_or(first))
    });
    found.collect()
}

impl Named {
    /// What a path calls the id of what was made; none where the removal says it in another way.
    pub fn id(&self) -> Option<&str> {
        match self {
            Named::Parameter { name, .. } | Named::Listed { name, .. } => Some(name),
            Named::SamePath | Named::SameBody(_) => None,
        }
    }

    /// Where the creation's answer, or that of its job, shows the id of what was made.
    pub fn answered(&self) -> &[FieldPath] {
        match self {
            Named::Parameter { answered, .. } | Named::Listed { answered, .. } => answered,
            Named::SamePath | Named::SameBody(_) => &[],
        }
    }
}

impl Creation {
    /// Whether what it makes stands in a collection of its own. Else it changes what is there
    /// already: it attaches one thing to another.
    pub fn is_own(&self, contract: &Contract) -> bool {
        self.collection(contract).is_some()
    }

    /// The collection that what it makes stands in, as its own path calls it; none where it attaches
    /// one thing to another.
    pub fn collection(&self, contract: &Contract) -> Option<PathTemplate> {
        let makes = contract.operation(&self.makes)?;
        let collection = contract.operation(&self.removes)?.path.collection();
        self.named.id()?;
        if makes.selector.is_some() {
            return Some(collection);
        }
        let is_own = collection.same_shape(&makes.path);
        is_own.then(|| makes.path.clone())
    }
}

/// Whether an operation looks as if it made something, whatever takes it back: it adds to a
/// collection and answers with an id of its own, or with a job.
pub fn seems_to_create(operation: &Operation) -> bool {
    let to_collection = !matches!(operation.path.0.last(), Some(Segment::Parameter(_)));
    let after_parameter = operation.path.0.iter().rev().nth(1);
    let is_action = matches!(after_parameter, Some(Segment::Parameter(name)) if !is_project(name));
    // What answers with the very thing that the path names only changes it.
    let is_itself = |path: &FieldPath| match (path.0.first(), after_parameter) {
        (Some(Step::Name(shown)), Some(Segment::Parameter(name))) if path.0.len() > 1 => {
            same_name(&format!("{shown}_id"), name)
        }
        _ => false,
    };
    let shows_id = operation.response_fields().iter().any(|(path, _)| {
        path.0.len() <= 2 && path.leaf().eq_ignore_ascii_case("id") && !is_itself(path)
    });
    let adds = operation.selector.is_none()
        && to_collection
        && acts_on_many(operation).is_none()
        && (shows_id || (!is_action && operation.is_async()));
    let says_so = operation.selector.as_ref().is_some_and(|selector| {
        let word = selector.word().to_ascii_lowercase();
        MAKERS.iter().any(|maker| word.contains(maker))
    });
    operation.method == Method::Post && !seems_to_remove(operation) && (adds || says_so)
}

/// Whether an operation answers with the very thing that its path names, though nothing wraps it: what the path
/// without its last word shows, and nothing else. Where that word is called otherwise, too, it is a collection.
pub fn answers_with_its_thing(contract: &Contract, operation: &Operation) -> bool {
    /// What a thing inside of another one may have in common with it.
    const COMMON: usize = 3;
    let word = letters(operation.word());
    let copies = [
        "copy",
        "duplicate",
        "replicate",
        "restore",
        "snapshot",
        "split",
    ];
    let mut makers = MAKERS.iter().chain(&copies);
    if makers.any(|maker| word.contains(maker)) {
        return false;
    }
    let thing = operation.path.collection();
    let is_at = |known: &&Operation| {
        known.method == Method::Get && known.selector.is_none() && known.path.same_shape(&thing)
    };
    let Some(shows) = contract.operations.iter().find(is_at) else {
        return false;
    };
    let starts_so = |known: &Operation| {
        let length = operation.path.0.len();
        known.id != operation.id
            && known.path.0.len() >= length
            && PathTemplate(known.path.0[..length].to_vec()).same_shape(&operation.path)
    };
    let (answered, shown) = (operation.response_fields(), shows.response_fields());
    let is_shown = |path: &FieldPath| shown.iter().any(|(known, _)| known == path);
    answered.len() > COMMON
        && answered.iter().all(|(path, _)| is_shown(path))
        && !contract.operations.iter().any(starts_so)
}

/// The removal that takes along what an operation makes inside of another thing, where it says so:
/// `POST /kettles/{kettle_id}/lids` and `DELETE /kettles/{kettle_id}`.
pub fn taken_along_by<'c>(contract: &'c Contract, makes: &Operation) -> Option<&'c Operation> {
    let (Some(Segment::Literal(word)), around) = (makes.path.0.last(), makes.path.collection())
    else {
        return None;
    };
    let is_one = matches!(around.0.last(), Some(Segment::Parameter(name)) if !is_project(name));
    let names_it = |removes: &Operation| {
        let said = removes.statements.iter();
        let mut gone = said.flat_map(|said| said.constraint.goes_with());
        gone.any(|name| same_name(name, word) || same_name(name, &format!("{word}s")))
    };
    let mut operations = contract.operations.iter();
    let found = operations.find(|removes| {
        removes.method == Method::Delete && removes.path.same_shape(&around) && names_it(removes)
    });
    found.filter(|_| is_one && seems_to_create(makes))
}

/// Where the answer of what makes something shows its id. None where it shows several.
pub fn own_id(makes: &Operation) -> Option<FieldPath> {
    let fields = makes.response_fields().into_iter();
    let paths = fields.map(|(path, _)| path);
    let mut ids = paths.filter(|path| path.0.len() <= 2 && path.leaf().eq_ignore_ascii_case("id"));
    ids.next().filter(|_| ids.next().is_none())
}

/// Where a request lists the ids of things that are there already, with which it does something:
/// `POST /kettles/heat`.
pub fn acts_on_many(operation: &Operation) -> Option<FieldPath> {
    let Some(Segment::Literal(collection)) = operation.path.0.iter().rev().nth(1) else {
        return None;
    };
    let stem = collection.strip_suffix('s').unwrap_or(collection);
    let fields = operation.request_fields().into_iter();
    let mut lists = fields.filter(|(path, _)| {
        let name = letters(path.leaf());
        let of_them = ["", "id", "ids", "s"].map(|end| format!("{}{end}", letters(stem)));
        name == "ids" || of_them.contains(&name)
    });
    lists.find_map(listed_id)
}

/// Words of actions that make something.
const MAKERS: [&str; 4] = ["create", "clone", "allocate", "backup"];

/// Whether an operation looks as if it removed something: by its method, or by its last word.
pub fn seems_to_remove(operation: &Operation) -> bool {
    let word = letters(operation.word());
    // Many at once are removed all the same.
    let word = ["batch", "bulk"]
        .iter()
        .find_map(|many| word.strip_prefix(many))
        .unwrap_or(&word);
    let mut removers = OPPOSITES.iter().map(|(_, remove)| *remove);
    operation.method == Method::Delete
        || (operation.method == Method::Post && removers.any(|remove| word.starts_with(remove)))
}

fn creation(contract: &Contract, makes: &Operation, removes: &Operation) -> Option<Creation> {
    if makes.id == removes.id || makes.method.is_safe() || makes.method == Method::Delete {
        return None;
    }
    let named = by_parameter(contract, makes, removes)
        .or_else(|| by_action(contract, makes, removes))
        .or_else(|| by_path(contract, makes, removes))
        .or_else(|| by_body(makes, removes))
        .or_else(|| by_list(contract, makes, removes))?;
    Some(Creation {
        makes: makes.id.clone(),
        removes: removes.id.clone(),
        named,
    })
}

/// `POST /kettles` and `DELETE /kettles/{kettle_id}`; `POST .../attachlid` and
/// `DELETE .../detachlid/{lid_id}`.
fn by_parameter(contract: &Contract, makes: &Operation, removes: &Operation) -> Option<Named> {
    let (Some(Segment::Parameter(name)), Method::Delete) = (removes.path.0.last(), removes.method)
    else {
        return None;
    };
    if makes.method != Method::Post || makes.selector.is_some() || removes.selector.is_some() {
        return None;
    }
    let collection = removes.path.collection();
    let relates = !makes.path.same_shape(&collection);
    if relates && !are_opposite(&makes.path, &collection) {
        return None;
    }
    let answered = answered(contract, makes, name);
    let asked = makes.request_fields().into_iter().map(|(path, _)| path);
    let named = |path: &FieldPath| {
        if relates {
            is_id(path.leaf())
        } else {
            is_chosen_name(path, name)
        }
    };
    let asked: Vec<FieldPath> = asked.filter(named).collect();
    // What nothing names could not be removed.
    (!answered.is_empty() || !asked.is_empty()).then(|| Named::Parameter {
        name: name.clone(),
        answered,
        asked,
    })
}

/// `POST /kettles/{kettle_id}/action#createPicture` and `DELETE /pictures/{picture_id}`.
fn by_action(contract: &Contract, makes: &Operation, removes: &Operation) -> Option<Named> {
    let (Some(Segment::Parameter(name)), Method::Delete) = (removes.path.0.last(), removes.method)
    else {
        return None;
    };
    let word = letters(makes.selector.as_ref()?.word());
    let noun = name.strip_suffix("_id").map(letters)?;
    let makes_one = MAKERS.iter().any(|maker| word == format!("{maker}{noun}"));
    let known: Vec<&str> = makes.path.parameters().collect();
    let collection = removes.path.collection();
    let is_reached = collection.parameters().all(|other| known.contains(&other));
    let fits =
        makes_one && is_reached && removes.selector.is_none() && !known.contains(&name.as_str());
    fits.then(|| Named::Parameter {
        name: name.clone(),
        answered: answered(contract, makes, name),
        asked: Vec::new(),
    })
}

/// Where the answer of a creation, or that of its job, shows what a parameter names.
fn answered(contract: &Contract, makes: &Operation, name: &str) -> Vec<FieldPath> {
    let jobs = contract.jobs.as_ref().filter(|_| makes.is_async());
    let job = jobs.and_then(|jobs| contract.operation(&jobs.operation));
    let job_id = jobs.map(|jobs| jobs.id.as_str());
    let of_answer = makes.response_fields().into_iter();
    let of_answer =
        of_answer.filter(|(path, _)| Some(path.leaf()) != job_id && names_it(path, name));
    let of_job = job.map(Operation::response_fields).unwrap_or_default();
    let of_job = of_job.into_iter().filter(|(path, _)| {
        same_name(path.leaf(), name) || same_name(path.leaf(), &format!("{name}s"))
    });
    let shown = of_answer.chain(of_job);
    shown.map(|(path, field)| each_id(&path, field)).collect()
}

/// Where a field shows an id: each of the texts of a list is one.
fn each_id(path: &FieldPath, field: &Field) -> FieldPath {
    match &field.kind {
        Kind::Array(of) if **of == Kind::String => path.inside(&field.kind),
        _ => path.clone(),
    }
}

/// `POST /kettles` and `POST /kettles/delete`, whose body lists ids.
fn by_list(contract: &Contract, makes: &Operation, removes: &Operation) -> Option<Named> {
    let posts = makes.method == Method::Post && removes.method == Method::Post;
    let plain = makes.selector.is_none() && removes.selector.is_none();
    let beneath = removes.path.collection().same_shape(&makes.path);
    let says_so = matches!(removes.path.0.last(), Some(Segment::Literal(_)));
    if !posts || !plain || !beneath || !says_so || !seems_to_remove(removes) {
        return None;
    }
    let ids = removes.request_fields().into_iter().find_map(listed_id)?;
    let named = contract.operations.iter().find_map(|other| {
        let of_thing = other.path.collection().same_shape(&makes.path);
        match other.path.0.last() {
            Some(Segment::Parameter(name)) if of_thing => Some(name.clone()),
            Some(Segment::Parameter(_) | Segment::Literal(_)) | None => None,
        }
    });
    let name = named.or_else(|| of_list(&ids))?;
    let answered = answered(contract, makes, &name);
    let is_shown = !answered.is_empty() || !listings(contract, removes, &name).is_empty();
    // What nothing names could not be removed.
    is_shown.then_some(Named::Listed {
        name,
        answered,
        ids,
    })
}

/// The ids in a list of a body: `kettles[].id`, or the texts of `kettle_ids`.
fn listed_id((path, field): (FieldPath, &Field)) -> Option<FieldPath> {
    let Kind::Array(of) = &field.kind else {
        return None;
    };
    if **of == Kind::String && field.children.is_empty() {
        return Some(each_id(&path, field));
    }
    let id = field.child("id")?;
    Some(path.child(&field.kind, &id.name))
}

/// What the ids in a list are called, by the name of the list: `kettle_id` in `kettles[].id`.
fn of_list(ids: &FieldPath) -> Option<String> {
    let mut names = ids.0.iter().rev().filter_map(|step| match step {
        Step::Name(name) if name != "id" => Some(name.as_str()),
        Step::Name(_) | Step::Items | Step::Key(_) => None,
    });
    let list = names.next()?;
    let stem = list.strip_suffix("_ids").or(list.strip_suffix('s'))?;
    Some(format!("{stem}_id"))
}

/// `PUT /kettles/{kettle_id}/lids/{lid}` and `DELETE` of the same path, where nothing else adds
/// lids. A path that ends in the id of a thing with a creation of its own is an update.
fn by_path(contract: &Contract, makes: &Operation, removes: &Operation) -> Option<Named> {
    let Some(Segment::Parameter(name)) = makes.path.0.last() else {
        return None;
    };
    let is_pair = makes.method == Method::Put
        && removes.method == Method::Delete
        && makes.path.same_shape(&removes.path);
    let depth = makes.path.0.len();
    let collection = &makes.path.0[..depth - 1];
    let added = contract.operations.iter().any(|other| {
        other.method == Method::Post && other.path.same_shape(&PathTemplate(collection.to_vec()))
    });
    let has_parts = contract.operations.iter().any(|other| {
        other.path.0.len() > depth
            && PathTemplate(other.path.0[..depth].to_vec()).same_shape(&makes.path)
    });
    (is_pair && !added && !has_parts && !is_id(name)).then_some(Named::SamePath)
}

/// `POST .../lids/action#create` and `POST .../lids/action#delete`.
fn by_body(makes: &Operation, removes: &Operation) -> Option<Named> {
    let (one, other) = (makes.selector.as_ref()?, removes.selector.as_ref()?);
    let same_kind = matches!(
        (one, other),
        (Selector::Key(_), Selector::Key(_)) | (Selector::Value { .. }, Selector::Value { .. })
    );
    let is_pair = same_kind
        && makes.method == removes.method
        && makes.path.same_shape(&removes.path)
        && are_opposite_words(one.word(), other.word());
    is_pair.then(|| Named::SameBody(other.clone()))
}

/// Whether two paths differ in their last literal alone, and those are opposites.
fn are_opposite(makes: &PathTemplate, removes: &PathTemplate) -> bool {
    let (Some((Segment::Literal(one), start)), Some((Segment::Literal(other), beginning))) =
        (makes.0.split_last(), removes.0.split_last())
    else {
        return false;
    };
    PathTemplate(start.to_vec()).same_shape(&PathTemplate(beginning.to_vec()))
        && are_opposite_words(one, other)
}

/// Whether the second word takes back what the first one does: `attachlid` and `detachlid`, `lid-add` and `lid-remove`.
pub fn are_opposite_words(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    OPPOSITES.iter().any(|(make, remove)| {
        let at_start = one.strip_prefix(make).zip(other.strip_prefix(remove));
        let at_end = one.strip_suffix(make).zip(other.strip_suffix(remove));
        at_start.or(at_end).is_some_and(|(a, b)| a == b)
    })
}

/// Whether a field of an answer shows what a parameter names: it is called the same, or it is the
/// id (or the name, for `lid_name`) of the one thing that is shown.
fn names_it(path: &FieldPath, parameter: &str) -> bool {
    let lists = path.0.iter().any(|step| !matches!(step, Step::Name(_)));
    let wanted = if parameter.ends_with("name") {
        "name"
    } else {
        "id"
    };
    same_name(path.leaf(), parameter)
        || same_name(path.leaf(), &format!("{parameter}s"))
        || (!lists && path.0.len() <= 2 && path.leaf().eq_ignore_ascii_case(wanted))
}

/// Whether a field of a request is the name under which a thing is removed.
fn is_chosen_name(path: &FieldPath, parameter: &str) -> bool {
    same_name(path.leaf(), parameter)
        || (parameter.ends_with("name") && path.0.len() <= 2 && path.leaf() == "name")
}

fn is_id(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "id" || name.ends_with("_id") || (name.ends_with("id") && name.len() > 4)
}

/// Whether two names are one, written in two ways: `kettleId` and `kettle_id`.
pub fn same_name(one: &str, other: &str) -> bool {
    each_letter(one).eq(each_letter(other))
}

/// Whether a name is that of a text which tells requests apart, not things.
pub fn tells_requests_apart(name: &str) -> bool {
    let name = letters(name);
    let own = ["token", "requestid", "clienttoken", "requesttoken"];
    own.contains(&name.as_str()) || name.contains("idempoten")
}

/// The letters and digits of a name: `sortKey` and `sort_key` are one.
pub fn letters(name: &str) -> String {
    each_letter(name).collect()
}

/// Whether a switch of this name asks, where it is on, to try whether something could be done, and to do nothing.
pub fn only_tries_if_set(name: &str) -> bool {
    const WORDS: [&str; 4] = ["dryrun", "validateonly", "checkonly", "previewonly"];
    let name = letters(name);
    WORDS.iter().any(|word| name.contains(word))
}

/// The same, one after the other.
pub(super) fn each_letter(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, going_with, sample};

    fn check(operations: &[(&str, &str, &str)], expected: &[&str]) {
        let operations = operations.iter().map(|(route, request, response)| {
            let mut operation = sample::operation(route, request, response);
            let fields = operation
                .request
                .iter_mut()
                .flat_map(|body| &mut body.fields);
            for field in
                fields.filter(|field| route.ends_with("/delete") && field.kind == Kind::Object)
            {
                field.kind = Kind::Array(Box::new(Kind::Object));
            }
            operation
        });
        let contract = sample::contract(operations.collect());
        let told: Vec<String> = creations(&contract).iter().map(tell).collect();
        assert_eq!(told, expected);
    }

    fn tell(creation: &Creation) -> String {
        let paths = |paths: &[FieldPath]| {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            paths.join(",")
        };
        let named = match &creation.named {
            Named::Parameter {
                name,
                answered,
                asked,
            } => {
                format!("{name} from [{}] or [{}]", paths(answered), paths(asked))
            }
            Named::Listed {
                name,
                answered,
                ids,
            } => format!("{name} from [{}] as {ids}", paths(answered)),
            Named::SamePath => "the same path".to_owned(),
            Named::SameBody(selector) => format!("the same body, {}", selector.word()),
        };
        format!("{} / {}: {named}", creation.makes, creation.removes)
    }

    #[test]
    fn a_dry_run_does_nothing() {
        for name in ["dry_run", "dryRun", "is_dry_run", "validate_only"] {
            assert!(only_tries_if_set(name), "{name}");
        }
        for name in ["dry", "run", "laundry", "validated"] {
            assert!(!only_tries_if_set(name), "{name}");
        }
    }

    #[test]
    fn what_is_added_to_a_collection_is_removed_from_it() {
        check(
            &[
                (
                    "POST /v1/kettles",
                    "kettle.name kettle.lid_id",
                    "kettle.id kettle.lid_id",
                ),
                ("GET /v1/kettles/{kettle_id}", "", "kettle.id"),
                ("PUT /v1/kettles/{kettle_id}", "kettle.name", "kettle.id"),
                ("DELETE /v1/kettles/{kettle_id}", "", ""),
                ("POST /v1/kettles/{kettle_id}/notes", "notes", "notes"),
                ("DELETE /v1/kettles/{kettle_id}/notes/{key}", "", ""),
                ("POST /v1/recipes", "recipe.name", "recipe.name"),
                ("DELETE /v1/recipes/{recipe_name}", "", ""),
            ],
            &[
                "kettles.create / kettles.delete: kettle_id from [kettle.id] or []",
                "recipes.create / recipes.delete: recipe_name from [recipe.name] or [recipe.name]",
            ],
        );
    }

    #[test]
    fn what_is_attached_is_detached() {
        check(
            &[
                (
                    "POST /v1/kettles/{kettle_id}/attachlid",
                    "lid.lidId lid.place",
                    "",
                ),
                (
                    "DELETE /v1/kettles/{kettle_id}/detachlid/{lid_place}",
                    "",
                    "",
                ),
                ("POST /v1/lids/action#create", "action lids", ""),
                ("POST /v1/lids/action#delete", "action lids", ""),
            ],
            &[
                "kettles.attachlid / kettles.detachlid.delete: lid_place from [] or [lid.lidId]",
                "lids.action.create / lids.action.delete: the same body, delete",
            ],
        );
    }

    #[test]
    fn what_has_no_removal_of_its_own_is_removed_with_many() {
        check(
            &[
                ("POST /v1/kettles", "kettle.name", "kettle_ids"),
                ("GET /v1/kettles/{kettle_id}", "", "kettle.id"),
                ("POST /v1/kettles/delete", "kettles.id", ""),
                ("POST /v1/lids", "lid.name", "lid.id"),
                ("POST /v1/lids/delete", "lids.id", ""),
                ("DELETE /v1/lids/{lid_id}", "", ""),
                ("POST /v1/spouts", "spout.name", ""),
                ("POST /v1/spouts/delete", "spouts.id", ""),
            ],
            &[
                "kettles.create / kettles.delete: kettle_id from [kettle_ids] as kettles[].id",
                "lids.create / lids.delete: lid_id from [lid.id] or []",
            ],
        );
    }

    #[test]
    fn what_an_action_makes_is_removed_where_its_like_are() {
        check(
            &[
                (
                    "POST /v1/kettles/{kettle_id}/action#createPicture",
                    "createPicture.name",
                    "picture_id",
                ),
                (
                    "POST /v1/kettles/{kettle_id}/action#boil",
                    "boil.picture_id",
                    "picture_id",
                ),
                (
                    "POST /v1/kettles/{kettle_id}/action#createNote",
                    "createNote.name",
                    "note_id",
                ),
                ("DELETE /v1/pictures/{picture_id}", "", ""),
                ("DELETE /v1/books/{book_id}/notes/{note_id}", "", ""),
            ],
            &["kettles.action.createPicture / pictures.delete: picture_id from [picture_id] or []"],
        );
    }

    #[test]
    fn a_job_may_list_the_ids_of_what_it_makes() {
        let mut makes = sample::operation("POST /v1/kettles", "kettle.name", "job_id");
        makes.statements.push(crate::contract::Statement {
            constraint: crate::contract::Constraint::AsyncJob,
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let mut shows = sample::operation("GET /v1/jobs/{job_id}", "", "status things.kettle_ids");
        let ids = &mut shows.response.as_mut().expect("it answers").fields[1].children[0];
        ids.kind = Kind::Array(Box::new(Kind::String));
        let removes = sample::operation("DELETE /v1/kettles/{kettle_id}", "", "");
        let mut contract = sample::contract(vec![makes, shows, removes]);
        contract.jobs = Some(crate::contract::JobProtocol {
            operation: OperationId::new("jobs.show"),
            id: "job_id".to_owned(),
            state: FieldPath::root("status"),
            running: vec!["ON".to_owned()],
            succeeded: vec!["DONE".to_owned()],
            failed: Vec::new(),
            reasons: Vec::new(),
            at: sample::at(),
        });
        let told: Vec<String> = creations(&contract).iter().map(tell).collect();
        let expected =
            "kettles.create / kettles.delete: kettle_id from [things.kettle_ids[]] or []";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn an_update_creates_nothing() {
        check(
            &[
                ("PUT /v1/kettles/{kettle_id}", "kettle.name", "kettle.id"),
                ("DELETE /v1/kettles/{kettle_id}", "", ""),
                ("PUT /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
                ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
            ],
            &["kettles.marks.update / kettles.marks.delete: the same path"],
        );
    }

    #[test]
    fn what_cannot_be_taken_back_is_recognised() {
        let seems =
            |route, response| seems_to_create(&sample::operation(route, "kettle.name", response));
        assert!(seems("POST /v1/kettles", "kettle.id"));
        assert!(!seems("POST /v1/kettles/{kettle_id}/boil", "state"));
        assert!(!seems("POST /v1/kettles/action#boil", "id"));
        assert!(seems(
            "POST /v1/kettles/{kettle_id}/action#createPicture",
            ""
        ));
        assert!(!seems("POST /v1/kettles/delete", "id"));
    }

    #[test]
    fn what_answers_with_its_thing_makes_nothing() {
        let shown = "id name metal state";
        let boil = sample::operation("POST /v1/kettles/{id}/boil", "", shown);
        let lids = sample::operation("POST /v1/kettles/{id}/lids", "name", "id name size state");
        let cups = sample::operation("POST /v1/kettles/{id}/cups", "name", shown);
        let contract = sample::contract(vec![
            sample::operation("GET /v1/kettles/{id}", "", shown),
            sample::operation("GET /v1/kettles/{id}/cups", "", ""),
            boil.clone(),
            lids.clone(),
            cups.clone(),
        ]);
        assert!(answers_with_its_thing(&contract, &boil));
        assert!(!answers_with_its_thing(&contract, &lids));
        assert!(!answers_with_its_thing(&contract, &cups));
    }

    #[test]
    fn what_stands_in_a_thing_goes_with_it_where_its_removal_says_so() {
        let inside = sample::operation("POST /v1/kettles/{kettle_id}/lids", "lid.metal", "lid.id");
        let removes = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let mut removes = sample::operation("DELETE /v1/kettles/{kettle_id}", "", "");
            removes.statements.push(Statement {
                constraint: going_with(&names),
                at: sample::at(),
                rule: "test".to_owned(),
            });
            sample::contract(vec![inside.clone(), removes])
        };
        let taken = |contract: &Contract, makes| taken_along_by(contract, makes).is_some();
        assert!(taken(&removes(&["spouts", "lids"]), &inside));
        assert!(!taken(&removes(&["spouts"]), &inside));
        let beside = sample::operation("POST /v1/lids", "lid.metal", "lid.id");
        assert!(!taken(&removes(&["lids"]), &beside));
    }

    #[test]
    fn a_removal_is_recognised_whatever_its_method() {
        let seems = |route| seems_to_remove(&sample::operation(route, "kettle.name", ""));
        assert!(seems("DELETE /v1/kettles/{kettle_id}"));
        assert!(seems("POST /v1/kettles/delete"));
        assert!(seems("POST /v1/kettles/{kettle_id}/action#removeLid"));
        assert!(!seems("POST /v1/kettles/{kettle_id}/action#boil"));
    }
}
