//! Addresses that things get: they must lie in a network that is lent, and be free.
//!
//! Main entry: [`is_place_in_a_network`].

use crate::contract::{Constraint, Field, Format, letters};

/// Whether a field of a body is the address that a thing gets: it must lie in a network that is lent, and be free.
pub(super) fn is_place_in_a_network(field: &Field) -> bool {
    let name = letters(&field.name);
    let is_called_so = name.ends_with("ip") || name.contains("ipaddress");
    let mut said = field.statements.iter();
    is_called_so
        && said.any(|said| {
            let Constraint::Format { format, .. } = &said.constraint else {
                return false;
            };
            matches!(format, Format::Ip | Format::Ipv4 | Format::Ipv6)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::sample::field;
    use crate::contract::Kind;

    #[test]
    fn an_address_that_a_thing_gets_is_told_by_its_name() {
        let of = |name: &str, format: Format| {
            let or_empty = false;
            let format = Constraint::Format { format, or_empty };
            is_place_in_a_network(&field(name, Kind::String, &[format]))
        };
        assert!(of("fixed_ip", Format::Ipv4));
        assert!(of("ipAddress", Format::Ip));
        assert!(!of("gateway", Format::Ipv4));
        assert!(!of("fixed_ip", Format::Uuid));
    }
}
