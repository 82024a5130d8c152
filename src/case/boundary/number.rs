//! How large a number may be, how many items a list may have, and whether it may be empty.

use serde_json::Value;

use super::Side;
use super::probe::Probes;
use crate::case::broken::json;
use crate::case::request::of_items;
use crate::case::{Template, valid};
use crate::contract::{Decimal, Kind, Scalar};

impl Probes<'_> {
    pub(super) fn range(&mut self, min: Option<Decimal>, max: Option<Decimal>) {
        let as_text = *self.innermost() == Kind::String;
        let least = min.map(|min| self.edge(min, 1));
        let most = max.map(|max| self.edge(max, -1));
        // Outside first at the lower end, inside first at the upper one: in the order of numbers.
        let [lower, upper] = [least, most].map(Option::unwrap_or_default);
        let wanted = [
            (Side::Outside, lower.1),
            (Side::Inside, lower.0),
            (Side::Inside, upper.0),
            (Side::Outside, upper.1),
        ];
        for (side, number) in wanted {
            let number = number.into_iter();
            number.for_each(|number| self.number(side, number));
        }
        let wrapped = min
            .or(max)
            .and_then(|fine| fine.whole()?.checked_add(1 << 32));
        let is_beyond = |wrapped: &i64| max.is_some_and(|max| max < (*wrapped).into());
        if let Some(wrapped) = wrapped.filter(is_beyond)
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

    /// A range, and the one number beside it that is as good.
    pub(super) fn range_or(&mut self, min: Option<Decimal>, max: Option<Decimal>, free: i64) {
        self.range(min, max);
        self.forget(&free.to_string());
        self.number(Side::Inside, free.into());
    }

    /// Both sides of each end of several ranges.
    pub(super) fn parts(&mut self, parts: &[(Decimal, Decimal)]) {
        for (min, max) in parts {
            let inside = if min == max {
                vec![*min]
            } else {
                vec![*min, *max]
            };
            inside
                .into_iter()
                .for_each(|end| self.number(Side::Inside, end));
            let beside = [min.steps(-1), max.steps(1)].into_iter().flatten();
            let is_outside = |number: &Decimal| {
                let mut parts = parts.iter();
                !parts.any(|(min, max)| min <= number && number <= max)
            };
            beside
                .filter(is_outside)
                .for_each(|number| self.number(Side::Outside, number));
        }
    }

    /// The number at an end of a range and the one beyond it: steps apart where numbers have steps.
    fn edge(&self, end: Decimal, inwards: i64) -> (Option<Decimal>, Option<Decimal>) {
        let step = valid::step(self.field);
        if step == 1 {
            return (Some(end), end.steps(-inwards));
        }
        let inside = match inwards > 0 {
            true => end
                .ceil()
                .checked_add(end.ceil().wrapping_neg().rem_euclid(step)),
            false => end.floor().checked_sub(end.floor().rem_euclid(step)),
        };
        let outside = inside.and_then(|inside| inside.checked_sub(inwards * step));
        (inside.map(Decimal::from), outside.map(Decimal::from))
    }

    /// A multiple of a number, and what is one more.
    pub(super) fn multiples(&mut self, of: i64) {
        let Some(multiple) = valid::multiple(self.field, of, 0) else {
            return;
        };
        self.number(Side::Inside, multiple.into());
        for beside in [multiple.checked_add(1), multiple.checked_sub(1)] {
            let beside = beside.into_iter();
            beside.for_each(|number| self.number(Side::Outside, number.into()));
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
            beside.for_each(|number| self.number(Side::Inside, number.into()));
        }
    }

    /// A number, as a text where the field holds texts.
    fn number(&mut self, side: Side, number: Decimal) {
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
