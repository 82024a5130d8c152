//! A request printed as the command that sends it: `curl -X POST … -d '{…}' https://…`.
//!
//! Main entry: [`read`]. Knows what a shell does with quotes, and the few options that matter.

use crate::wire::Method;

/// What a command sends.
#[derive(Debug, PartialEq)]
pub(super) struct Command {
    pub method: Method,
    pub target: String,
    /// Empty where there is no body.
    pub body: String,
    /// How many lines stand before the body.
    pub lines: u32,
}

/// A word of the command, without its quotes.
struct Word {
    text: String,
    start: usize,
}

/// More words than this are no command.
const MOST_WORDS: usize = 200;

/// Reads a text as a command, if it is one that names where it sends to.
pub(super) fn read(code: &str) -> Option<Command> {
    let start = code
        .trim_start()
        .trim_start_matches(['$', '#'])
        .trim_start();
    let rest = start.strip_prefix("curl")?;
    if !rest.starts_with([' ', '\t', '\\']) {
        return None;
    }
    let mut words = words(code, code.len() - rest.len()).into_iter();
    let mut method = None;
    let mut body: Option<Word> = None;
    let mut target = None;
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        if matches!(text, "-X" | "--request") {
            method = words.next().and_then(|word| word.text.parse().ok());
        } else if let Some(named) = text.strip_prefix("-X") {
            method = named.parse().ok();
        } else if is_data(text) {
            body = words.next();
        } else if let Some(data) = text.strip_prefix("-d") {
            let text = data.to_owned();
            body = Some(Word { text, ..word });
        } else if let Some((_, data)) = text.split_once('=').filter(|(option, _)| is_data(option)) {
            let text = data.to_owned();
            body = Some(Word { text, ..word });
        } else if matches!(
            text,
            "-H" | "--header" | "-u" | "--user" | "-o" | "--output"
        ) {
            words.next();
        } else if text.contains("://") && !text.starts_with('-') || text.starts_with('/') {
            target = Some(text.to_owned());
        }
    }
    let sends = if body.is_some() {
        Method::Post
    } else {
        Method::Get
    };
    let start = body.as_ref().map_or(0, |body| body.start);
    let lines = code[..start.min(code.len())].matches('\n').count();
    Some(Command {
        method: method.unwrap_or(sends),
        target: target?,
        body: body.map(|body| body.text).unwrap_or_default(),
        lines: u32::try_from(lines).unwrap_or(u32::MAX),
    })
}

fn is_data(option: &str) -> bool {
    let long = [
        "--data",
        "--data-raw",
        "--data-binary",
        "--data-ascii",
        "--json",
    ];
    option == "-d" || long.contains(&option)
}

/// The words behind a place, as a shell parts them. A quote that is never closed ends with the text.
fn words(code: &str, from: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let mut open: Option<Word> = None;
    let mut quote = None;
    let mut chars = code[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let blank = quote.is_none() && c.is_whitespace();
        if blank {
            found.extend(open.take());
            if found.len() > MOST_WORDS {
                break;
            }
            continue;
        }
        if quote == Some(c) {
            quote = None;
            continue;
        }
        if quote.is_none() && matches!(c, '\'' | '"') {
            quote = Some(c);
            begin(&mut open, from + at + c.len_utf8());
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let escapes = c == '\\' && quote != Some('\'');
        let is_sign = |next: char| quote.is_none() || matches!(next, '"' | '\\' | '$' | '`' | '\n');
        if escapes && next.is_some_and(is_sign) {
            chars.next();
            // A line that goes on in the next one.
            if let Some(next) = next.filter(|next| !matches!(next, '\n' | '\r')) {
                begin(&mut open, from + at).push(next);
            }
            continue;
        }
        begin(&mut open, from + at).push(c);
    }
    found.extend(open);
    found
}

/// The text of the word that is open, which begins here where none is.
fn begin(open: &mut Option<Word>, start: usize) -> &mut String {
    let text = String::new();
    &mut open.get_or_insert(Word { text, start }).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(code: &str) -> Option<(Method, String, String, u32)> {
        let command = read(code)?;
        Some((command.method, command.target, command.body, command.lines))
    }

    #[test]
    fn a_command_sends_what_its_options_say() {
        let url = "https://example.org/v1/lamps";
        for (code, method, body, lines) in [
            (
                "curl -i -H 'A: b' -X PUT -d'{\"lamp\": 1}' https://example.org/v1/lamps",
                Method::Put,
                "{\"lamp\": 1}",
                0,
            ),
            (
                "$ curl -H \"A: $b\" \\\n  --data \"{\\\"lamp\\\": 1}\" \\\n  https://example.org/v1/lamps",
                Method::Post,
                "{\"lamp\": 1}",
                1,
            ),
            (
                "curl https://example.org/v1/lamps -XPOST --data-raw='{\n  \"lamp\": 1\n}'",
                Method::Post,
                "{\n  \"lamp\": 1\n}",
                0,
            ),
            (
                "curl -k https://example.org/v1/lamps -H'Referer: https://example.org/'",
                Method::Get,
                "",
                0,
            ),
        ] {
            let expected = (method, url.to_owned(), body.to_owned(), lines);
            assert_eq!(sent(code), Some(expected), "{code}");
        }
        for code in [
            "curly lamps",
            "curl -d '{",
            "POST https://x/ curl",
            "curl is a tool",
        ] {
            assert_eq!(sent(code), None, "{code}");
        }
    }
}
