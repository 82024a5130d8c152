//! How large a number may be, how many items a list may have, and whether it may be empty.

use serde_json::Value;

use super::Side;
use super::probe::Probes;
use crate::case::broken::json;
use crate::case::request::of_items;
use crate::case::{Template, valid};
use crate::contract::{Kind, Scalar};

impl Probes<'_> {
    pub(super) fn range(&mut self, min: Option<i64>, max: Option<i64>) {
        let mut wanted = Vec::new();
        let step = valid::step(self.field);
        if let Some(min) = min {
            let first = min.checked_add(min.wrapping_neg().rem_euclid(step));
            let before = first.and_then(|first| first.checked_sub(step));
            wanted.extend([(Side::Outside, before), (Side::Inside, first)]);
        }
        if let Some(max) = max {
            let last = max.checked_sub(max.rem_euclid(step));
            let after = last.and_then(|last| last.checked_add(step));
            wanted.extend([(Side::Inside, last), (Side::Outside, after)]);
        }
        let as_text = *self.innermost() == Kind::String;
        for (side, number) in wanted {
            let number = number.into_iter();
            number.for_each(|number| self.number(side, number));
        }
        let wrapped = min.or(max).and_then(|fine| fine.checked_add(1 << 32));
        if let Some(wrapped) = wrapped.filter(|wrapped| max.is_some_and(|max| max < *wrapped))
            && !as_text
        {
            let title = "that is fine but for what 32 bits cannot hold";
            self.add(Side::Outside, "beyond-32-bits", title, Value::from(wrapped));
        }
        if max.is_some() && !as_text {
            self.add(
                Side::Outside,
                "beyond-64-bits",
                "beyond 64 bits",
                Value::from(u64::MAX),
            );
        }
    }

    /// A multiple of a number, and what is one more.
    pub(super) fn multiples(&mut self, of: i64) {
        let Some(multiple) = valid::multiple(self.field, of, 0) else {
            return;
        };
        self.number(Side::Inside, multiple);
        for beside in [multiple.checked_add(1), multiple.checked_sub(1)] {
            let beside = beside.into_iter();
            beside.for_each(|number| self.number(Side::Outside, number));
        }
    }

    /// Each value that is left out, and the numbers beside it.
    pub(super) fn excepted(&mut self, values: &[Scalar]) {
        for value in values.iter().filter_map(json) {
            let title = format!("of {value}, which is left out");
            self.add(Side::Outside, value.to_string(), title, value.clone());
            let number = value.as_i64();
            let beside = [-1, 1].map(|step| number?.checked_add(step));
            let beside = beside.into_iter().flatten();
            beside.for_each(|number| self.number(Side::Inside, number));
        }
    }

    /// A number, as a text where the field holds texts.
    fn number(&mut self, side: Side, number: i64) {
        let value = match self.innermost() {
            Kind::String => Value::from(number.to_string()),
            _ => Value::from(number),
        };
        self.add(side, number.to_string(), format!("of {number}"), value);
    }

    pub(super) fn items(&mut self, min: Option<u64>, max: Option<u64>) {
        let mut wanted = Vec::new();
        if let Some(min) = min {
            wanted.extend([
                (Side::Outside, min.checked_sub(1)),
                (Side::Inside, Some(min)),
            ]);
        }
        if let Some(max) = max {
            wanted.extend([
                (Side::Inside, Some(max)),
                (Side::Outside, max.checked_add(1)),
            ]);
        }
        for (side, n) in wanted {
            let made = n.and_then(|n| Some((n, of_items(self.field, n)?)));
            if let Some((n, items)) = made {
                let side = if items.sure || side == Side::Outside {
                    side
                } else {
                    Side::Open
                };
                self.push(
                    side,
                    format!("{n}-items"),
                    format!("of {n} items"),
                    items.value,
                );
            }
        }
    }

    pub(super) fn twins(&mut self) {
        let Some(pair) = of_items(self.field, 2) else {
            return;
        };
        let twins = match &pair.value {
            Template::Array(items) => items.first().map(|item| vec![item.clone(), item.clone()]),
            Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Object(_) => {
                None
            }
        };
        let side = if pair.sure { Side::Inside } else { Side::Open };
        self.push(side, "two-different", "of two different items", pair.value);
        if let Some(twins) = twins {
            let twins = Template::Array(twins);
            self.push(Side::Outside, "two-alike", "of two items alike", twins);
        }
    }

    pub(super) fn empty(&mut self) {
        let empty = match &self.field.kind {
            Kind::String | Kind::Unknown => Template::Literal(Value::from("")),
            Kind::Array(_) => Template::Array(Vec::new()),
            Kind::Object | Kind::Map { .. } => Template::Object(Vec::new()),
            Kind::Integer | Kind::Number | Kind::Boolean => return,
        };
        self.push(Side::Outside, "empty", "that is empty", empty);
        if matches!(self.innermost(), Kind::String | Kind::Unknown) {
            let plain = self.plain();
            self.text(Side::Inside, "not-empty", "that is not empty", Some(plain));
        } else if let Some(one) = of_items(self.field, 1).filter(|one| one.sure) {
            self.push(Side::Inside, "one-item", "of one item", one.value);
        }
    }

    pub(super) fn null(&mut self) {
        self.push(
            Side::Inside,
            "null",
            "that is null",
            Template::Literal(Value::Null),
        );
    }
}
