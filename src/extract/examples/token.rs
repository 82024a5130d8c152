//! Printed text in, tokens out.
//!
//! Main entry: [`tokens`]. Comments go, strange quotes and wrapped texts are repaired, placeholders
//! like `XXX` and `{endpoint}` stay together. Whether the tokens make sense is for `tree` to say.

use super::{Problem, Repair};

/// A token and its line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub line: u32,
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    Ellipsis,
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    /// Without quotes.
    Word(String),
    /// Where a page break cut the example, and whether the depth on both sides agrees.
    Seam {
        sure: bool,
    },
}

/// What an object or an array is enclosed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Brace,
    Square,
}

impl TokenKind {
    /// `Some(true)` if it opens an object or array, `Some(false)` if it closes one.
    pub fn opens(&self) -> Option<bool> {
        match self {
            TokenKind::Open(_) => Some(true),
            TokenKind::Close(_) => Some(false),
            TokenKind::Colon
            | TokenKind::Comma
            | TokenKind::Ellipsis
            | TokenKind::Null
            | TokenKind::Bool(_)
            | TokenKind::Number(_)
            | TokenKind::Text(_)
            | TokenKind::Word(_)
            | TokenKind::Seam { .. } => None,
        }
    }

    /// Whether it can be the whole of a member's value.
    pub fn is_scalar(&self) -> bool {
        matches!(
            self,
            TokenKind::Null
                | TokenKind::Bool(_)
                | TokenKind::Number(_)
                | TokenKind::Text(_)
                | TokenKind::Word(_)
        )
    }
}

/// All tokens of a text whose first line is `line`.
pub(super) fn tokens(text: &str, line: u32) -> (Vec<Token>, Vec<Problem>) {
    let mut reader = Reader {
        rest: text,
        line,
        tokens: Vec::new(),
        problems: Vec::new(),
        lone: [0, 0],
    };
    while reader.step() {}
    (reader.tokens, reader.problems)
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
    /// The lines on which no odd single and no odd double quote follows, so that a line full of
    /// them is searched once.
    lone: [u32; 2],
}

impl<'a> Reader<'a> {
    /// Reads one token, comment or blank; false at the end.
    fn step(&mut self) -> bool {
        let Some(next) = self.rest.chars().next() else {
            return false;
        };
        match next {
            '\n' => {
                self.line = self.line.saturating_add(1);
                self.skip(1);
            }
            _ if next.is_whitespace() || next == '\u{feff}' => self.skip(next.len_utf8()),
            '{' if self.placeholder() => self.word(),
            '{' => self.mark(next, TokenKind::Open(Bracket::Brace)),
            '}' => self.mark(next, TokenKind::Close(Bracket::Brace)),
            '[' => self.mark(next, TokenKind::Open(Bracket::Square)),
            ']' => self.mark(next, TokenKind::Close(Bracket::Square)),
            ':' | '：' => self.mark(next, TokenKind::Colon),
            ',' | '，' => self.mark(next, TokenKind::Comma),
            '#' => self.comment(),
            '/' if self.rest.starts_with("//") => self.comment(),
            '/' if self.rest.starts_with("/*") => self.long_comment(),
            '"' => self.text(),
            '“' | '”' | '„' | '＂' => self.odd_text(1, &['”', '“', '＂', '"']),
            '\'' | '‘' | '’' => self.odd_text(0, &['\'', '’']),
            _ => self.word(),
        }
        true
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    fn push(&mut self, kind: TokenKind) {
        self.tokens.push(Token {
            line: self.line,
            kind,
        });
    }

    fn problem(&mut self, what: Repair) {
        self.problems.push(Problem {
            line: self.line,
            what,
        });
    }

    fn mark(&mut self, sign: char, kind: TokenKind) {
        self.push(kind);
        self.skip(sign.len_utf8());
    }

    fn line_end(&self) -> usize {
        self.rest.find('\n').unwrap_or(self.rest.len())
    }

    fn comment(&mut self) {
        self.problem(Repair::Comment);
        self.skip(self.line_end());
    }

    fn long_comment(&mut self) {
        self.problem(Repair::Comment);
        let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
        let lines = self.rest[..end].matches('\n').count();
        self.line = self
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.skip(end);
    }

    /// `{endpoint}`: a brace that closes behind one bare word is a hole, not an object.
    fn placeholder(&self) -> bool {
        let inside = self.rest[1..].trim_start_matches(is_hole_letter);
        let length = self.rest.len() - 1 - inside.len();
        inside.starts_with('}') && self.rest[1..=length].chars().any(char::is_alphanumeric)
    }

    fn word(&mut self) {
        let mut end = 0;
        while let Some(next) = self.rest[end..].chars().next() {
            let hole = next == '{' && (end == 0 || self.rest[..end].ends_with('$'));
            if hole {
                let length = self.rest[end..].find(['}', '\n']);
                end += length.map_or(self.rest.len() - end, |at| at + 1);
                continue;
            }
            if next.is_whitespace() || ",:{}[]\"，：".contains(next) {
                break;
            }
            end += next.len_utf8();
        }
        let word = &self.rest[..end];
        let lines = word.matches('\n').count();
        let kind = match word {
            "null" => TokenKind::Null,
            "true" => TokenKind::Bool(true),
            "false" => TokenKind::Bool(false),
            _ if is_number(word) => TokenKind::Number(word.to_owned()),
            _ if is_ellipsis(word) => TokenKind::Ellipsis,
            _ => {
                self.problem(Repair::UnquotedWord);
                match word.to_ascii_lowercase().as_str() {
                    "null" | "none" => TokenKind::Null,
                    "true" => TokenKind::Bool(true),
                    "false" => TokenKind::Bool(false),
                    _ => TokenKind::Word(word.to_owned()),
                }
            }
        };
        if kind == TokenKind::Ellipsis {
            self.problem(Repair::Ellipsis);
        }
        self.push(kind);
        self.line = self
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.skip(end);
    }

    /// A text in single or typographic quotes, which ends on its line or is no text at all.
    fn odd_text(&mut self, double: usize, closers: &[char]) {
        let opener = self.rest.chars().next().map_or(0, char::len_utf8);
        self.problem(Repair::Quotes);
        if self.lone[double] == self.line {
            return self.skip(opener);
        }
        let inside = &self.rest[opener..];
        let stop = inside.find(|sign| sign == '\n' || closers.contains(&sign));
        let Some(end) = stop.filter(|at| !inside[*at..].starts_with('\n')) else {
            self.lone[double] = self.line;
            return self.skip(opener);
        };
        let closer = inside[end..].chars().next().map_or(0, char::len_utf8);
        let text = inside[..end].to_owned();
        self.push(TokenKind::Text(text));
        self.skip(opener + end + closer);
    }

    /// A text in proper quotes, perhaps wrapped, perhaps never closed.
    fn text(&mut self) {
        let start = self.line;
        let mut text = String::new();
        self.skip(1);
        loop {
            let end = self.rest.find(['"', '\\', '\n']);
            text.push_str(&self.rest[..end.unwrap_or(self.rest.len())]);
            self.skip(end.unwrap_or(self.rest.len()));
            match self.rest.chars().next() {
                Some('"') => {
                    self.skip(1);
                    break;
                }
                Some('\\') => self.escape(&mut text),
                Some(_) if !self.ends_here(&text) => {
                    self.problem(Repair::WrappedText);
                    text.truncate(text.trim_end().len());
                    self.line = self.line.saturating_add(1);
                    self.skip(1);
                    let blank = self.rest.len() - self.rest.trim_start_matches([' ', '\t']).len();
                    self.skip(blank);
                }
                Some(_) | None => return self.unclosed(text, start),
            }
        }
        self.tokens.push(Token {
            line: start,
            kind: TokenKind::Text(text),
        });
    }

    /// Whether an open text should have ended on this line: the next one starts a member or
    /// closes something.
    fn ends_here(&self, text: &str) -> bool {
        let next = self.rest[1..].split('\n').next().unwrap_or("").trim_start();
        let closed = text.trim_end().ends_with(',') && (next.is_empty() || next.starts_with('"'));
        closed || next.starts_with(['}', ']', '{']) || starts_member(next)
    }

    fn unclosed(&mut self, mut text: String, start: u32) {
        self.problem(Repair::UnclosedText);
        text.truncate(text.trim_end().len());
        let comma = text.ends_with(',');
        text.truncate(text.trim_end_matches([',', '”', ' ']).len());
        self.tokens.push(Token {
            line: start,
            kind: TokenKind::Text(text),
        });
        if comma {
            self.push(TokenKind::Comma);
        }
    }

    fn escape(&mut self, text: &mut String) {
        let letter = self.rest[1..].chars().next();
        let plain = match letter {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some(same @ ('"' | '\\' | '/')) => same,
            Some('u') => return self.code_point(text),
            Some(_) | None => {
                self.problem(Repair::Escape);
                return self.skip(1);
            }
        };
        text.push(plain);
        self.skip(2);
    }

    fn code_point(&mut self, text: &mut String) {
        let Some(first) = hex(self.rest) else {
            self.problem(Repair::Escape);
            return self.skip(1);
        };
        self.skip(6);
        let second = hex(self.rest).filter(|low| (0xdc00..0xe000).contains(low));
        let pair = second.filter(|_| (0xd800..0xdc00).contains(&first));
        let code = pair.map_or(first, |low| {
            0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)
        });
        if pair.is_some() {
            self.skip(6);
        }
        if char::from_u32(code).is_none() {
            self.problem(Repair::Escape);
        }
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
}

/// The code of a `\u1234`.
fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn is_hole_letter(letter: char) -> bool {
    letter.is_alphanumeric() || "_- .".contains(letter)
}

/// `"name":` at the start of a line.
pub(super) fn starts_member(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('"') else {
        return false;
    };
    let behind = inside.split_once('"').map(|(_, behind)| behind);
    behind.is_some_and(|behind| behind.trim_start().starts_with([':', '：']))
}

fn is_ellipsis(word: &str) -> bool {
    let dots = word.chars().all(|sign| matches!(sign, '.' | '…' | '。'));
    dots && (word.len() > 1)
}

/// JSON's grammar of numbers.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(all_digits)
        && exponent.is_none_or(|text| all_digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}
