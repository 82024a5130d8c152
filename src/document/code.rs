//! Code: fenced, or set apart by nothing but its looks; and whether two pieces are one.

use super::flow;
use super::words;

/// What the ends of a code block tell about its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Brackets opened and not closed.
    open: i64,
    /// Begins with a request line.
    request: bool,
    /// That request has a method which sends a body.
    sends: bool,
    /// Holds JSON brackets at all.
    brackets: bool,
    /// Begins in the middle of a JSON text.
    continues: bool,
    /// Begins like a JSON text.
    begins_json: bool,
}

impl Shape {
    /// Looks once at every character.
    pub(super) fn of(text: &str) -> Self {
        let start = text.trim_start();
        let method = words::after_method(start).map(|(method, _)| method);
        Self {
            open: open_brackets(text),
            request: method.is_some() || start.starts_with("HTTP/") || start.starts_with("curl "),
            sends: method.is_some_and(|method| matches!(method, "POST" | "PUT" | "PATCH")),
            brackets: begins_json_somewhere(text),
            continues: start.starts_with(['"', '}', ']', ',', '.']),
            begins_json: start.starts_with(['{', '[']),
        }
    }

    /// Whether the other block is the rest of this one.
    pub(super) fn goes_on_with(&self, next: &Shape) -> bool {
        if next.request {
            return false;
        }
        let cut = self.brackets && (next.continues || self.open > 0);
        let body = self.sends && !self.brackets && next.begins_json;
        cut || body
    }

    /// The shape of both together.
    pub(super) fn and(&self, next: &Shape) -> Self {
        Self {
            open: self.open + next.open,
            brackets: self.brackets || next.brackets,
            ..*self
        }
    }
}

fn begins_json_somewhere(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().starts_with(['{', '[']))
}

/// Brackets opened and not closed, outside of texts. A text ends with its line at the latest.
pub(super) fn open_brackets(text: &str) -> i64 {
    text.lines().map(open_brackets_of_line).sum()
}

fn open_brackets_of_line(line: &str) -> i64 {
    let (mut open, mut quoted, mut escaped) = (0, false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => open += 1,
            b'}' | b']' if !quoted => open -= 1,
            _ => {}
        }
    }
    open
}

/// The number of back ticks or tildes when the line is a fence.
pub(super) fn fence(line: &str) -> Option<(char, usize)> {
    let start = line.trim_start();
    let mark = start.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = start.chars().take_while(|c| *c == mark).count();
    let rest = &start[length..];
    (length >= 3 && !rest.contains(mark)).then_some((mark, length))
}

/// A fence that opens code; the first thing of an item may be one.
pub(super) fn opening(line: &str) -> Option<(char, usize)> {
    fence(line).or_else(|| fence(flow::item(line)?.1))
}

/// Whether the line below this one stands in fenced code, where this one does or does not.
pub(super) fn is_inside_after(line: &str, inside: bool) -> bool {
    match inside {
        true => fence(line).is_none(),
        false => opening(line).is_some(),
    }
}

/// The line after a fenced block, and whether its end was found. `at` is the line of the opening fence.
pub(super) fn fenced(lines: &[&str], at: usize) -> (usize, bool) {
    let Some((mark, length)) = opening(lines[at]) else {
        return (at + 1, true);
    };
    let is_end = |line: &&str| {
        fence(line).is_some_and(|(other, n)| other == mark && n >= length)
            && line.trim().chars().all(|c| c == mark)
    };
    match lines[at + 1..].iter().position(is_end) {
        Some(inside) => (at + 1 + inside, true),
        None => (lines.len(), false),
    }
}

/// Whether code begins here without a fence: a request line with a whole address, or JSON.
pub(super) fn begins(line: &str) -> bool {
    let line = line.trim();
    // Code has no escapes of Markdown.
    let is_escaped = line.contains("\\{");
    let request = !is_escaped
        && words::after_method(line).is_some_and(|(_, rest)| {
            rest.trim_start_matches('<').starts_with("http://") || rest.starts_with("https://")
        });
    request || is_command(line) || begins_json(line)
}

/// Whether a request is printed as the command that sends it.
fn is_command(line: &str) -> bool {
    let rest = line.strip_prefix("curl ").map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(['-', '\'', '"', '\\']) || rest.starts_with("http"))
}

fn begins_json(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['{', '[']) else {
        return false;
    };
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with(['"', '{', '[', '}', ']']) && !line.contains("](")
}

/// The line after code without a fence that begins at `at`. Every line is looked at once.
pub(super) fn unfenced(lines: &[&str], at: usize) -> usize {
    let mut open = 0;
    let mut next = at;
    let mut seen_json = false;
    while next < lines.len() {
        let line = lines[next];
        let trimmed = line.trim();
        let other =
            fence(line).is_some() || trimmed.starts_with('#') || is_prose_after_gap(lines, next);
        let is_wrapped = next > at && lines[next - 1].trim_end().ends_with('\\');
        let ends = open <= 0 && !is_wrapped && ends_before(trimmed, seen_json);
        if next > at && (other || ends) {
            break;
        }
        open += open_brackets_of_line(line);
        seen_json = seen_json || begins_json(trimmed);
        next += 1;
        if seen_json && open <= 0 {
            break;
        }
    }
    while next > at + 1 && lines[next - 1].trim().is_empty() {
        next -= 1;
    }
    next
}

/// Inside of brackets that nobody closes, code ends at the first line of text after a gap.
fn is_prose_after_gap(lines: &[&str], at: usize) -> bool {
    let gap = at > 0 && lines[at - 1].trim().is_empty();
    let json = [' ', '\t', '"', '{', '}', '[', ']', ',', '.', '/', '-'];
    gap && !lines[at].is_empty()
        && !lines[at].starts_with(json)
        && !lines[at].starts_with(|c: char| c.is_ascii_digit())
}

/// Outside of brackets, code goes on with a body, a header line, or the rest of a long address.
fn ends_before(line: &str, seen_json: bool) -> bool {
    if begins_json(line) {
        return seen_json;
    }
    let header = line.split_once(": ").is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let address =
        !line.is_empty() && line.is_ascii() && !line.contains(' ') && !line.starts_with(['-', '*']);
    !(header || address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(one: &str, other: &str) -> bool {
        Shape::of(one).goes_on_with(&Shape::of(other))
    }

    #[test]
    fn pieces_of_one_example_belong_together() {
        assert!(joined("{\n \"a\": [", "1]}"));
        assert!(
            joined("{\n \"a\": {}\n}", "\"b\": 2\n}"),
            "a converter closed the brackets"
        );
        assert!(joined("POST https://x/lamps\nA: b", "{\"lamp\": 1}"));
        assert!(
            !joined("GET https://x/lamps", "{\"lamps\": []}"),
            "the second is the answer"
        );
        assert!(!joined("{\"a\": 1}", "{\"b\": 2}"));
        assert!(!joined("{\"a\": [", "POST https://x/lamps"));
    }

    fn check(text: &str, lines_of_code: usize) {
        let lines: Vec<&str> = text.split('\n').collect();
        let seen = if begins(lines[0]) {
            unfenced(&lines, 0)
        } else {
            0
        };
        assert_eq!(seen, lines_of_code, "{text}");
    }

    #[test]
    fn an_item_may_open_a_fence() {
        let lines: Vec<&str> = "-   ```\nGET /lamps\n```\nText".split('\n').collect();
        assert_eq!(opening(lines[0]), Some(('`', 3)));
        assert_eq!(fenced(&lines, 0), (2, true));
        assert_eq!(opening("- ```lit``` is a state"), None);
        assert_eq!(fence(lines[0]), None, "no item closes one");
    }

    #[test]
    fn code_without_a_fence_ends_where_its_brackets_do() {
        check("{\n\"a\": 1\n}\nText", 3);
        check("{\n\"a\": [1,\n\n2]\n}\n\nText", 5);
        check("GET https://x/\nlamps/7\n\nText", 2);
        check("POST https://x/lamps\nA-B: c\n{\n}\nText", 4);
        check(
            "curl -H 'A: b' \\\n-d '{\n\"a\": 1\n}' \\\nhttps://x/lamps\n\nText",
            5,
        );
        check("curl is a command", 0);
        check("GET /lamps/{lamp_id}", 0);
        check("{lamp_id} is the lamp", 0);
        check("[see](x)", 0);
        check("GET https://\\{port\\}/lamps/\\{lamp_id\\}", 0);
        check("{\n\"never\": \"closed\"", 2);
    }
}
