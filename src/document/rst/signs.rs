//! What tells this layout from others.

use super::{body, grid, simple};

/// How many lines are marks that only this layout has: directives, labels, borders of its tables.
pub(in super::super) fn count_signs(lines: &[&str]) -> usize {
    let is_sign = |line: &&&str| {
        let text = line.trim();
        is_directive(text) || grid::is_border(text) || simple::is_border(text)
    };
    lines.iter().filter(is_sign).count()
}

/// Whether a title is underlined. Such a page may have no other sign. Three back ticks or tildes are the fence of code in
/// Markdown: what stands above them ends the code, or leads up to it.
pub(in super::super) fn has_titles(lines: &[&str]) -> bool {
    let is_fence = |line: &str| ["```", "~~~"].contains(&line.trim());
    lines.windows(2).any(|pair| {
        let is_title = !pair[0].trim().is_empty() && !is_fence(pair[1]);
        is_title && body::is_underline(pair[0], pair[1])
    })
}

/// `.. name::` or `.. _label:`.
fn is_directive(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(".. ") else {
        return false;
    };
    let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    let directive = rest.split_once("::").is_some_and(|(name, _)| is_name(name));
    directive || rest.starts_with('_') && rest.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::has_titles;

    #[test]
    fn a_fence_underlines_nothing() {
        assert!(has_titles(&["Lamps", "====="]));
        assert!(has_titles(&["Lamps", "`````"]));
        assert!(!has_titles(&[
            "如下",
            "```",
            "{",
            "  \"lamp\": 1",
            "}",
            "```"
        ]));
    }
}
