//! Puts an example together again that page breaks cut into several code blocks.
//!
//! Converters close the first half with brackets that nobody wrote, and start the second half
//! amid members, often with brackets that close what the first half opened. How deep the second
//! half ends below its start says how many of the first half's last brackets are invented; a
//! comma in front of them says the same.

use super::token::{Bracket, Token, TokenKind, tokens};
use super::tree::tree;
use super::{Example, Problem, Repair, preamble};
use crate::wire::Method;

/// A code block, or several that belong together, not yet built into a value.
pub(super) struct Part {
    request_line: Option<(Method, String)>,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
    line: u32,
    /// How many blocks it is made of.
    blocks: usize,
}

/// More blocks than this make no example; it keeps joining linear.
const MOST_BLOCKS: usize = 16;

impl Part {
    pub fn read(code: &str, first_line: u32) -> Self {
        let head = preamble::split(code, first_line);
        let (tokens, mut problems) = tokens(&head.body, head.line);
        if head.numbered {
            let line = first_line;
            problems.push(Problem {
                line,
                what: Repair::LineNumbers,
            });
        }
        Self {
            request_line: head.request_line,
            tokens,
            problems,
            line: first_line,
            blocks: 1,
        }
    }

    /// Whether this is the rest of what `before` began.
    pub fn continues(&self, before: &Part) -> bool {
        let full = before.blocks >= MOST_BLOCKS;
        if self.request_line.is_some() || self.tokens.is_empty() || full {
            return false;
        }
        if before.tokens.is_empty() {
            return before.sends_body() && !self.starts_amid();
        }
        let open = before.open_brackets();
        if self.starts_amid() {
            return true;
        }
        // It starts like a value of its own: only an open array or a name waits for one.
        let waits = before.tokens.last().map(|token| &token.kind) == Some(&TokenKind::Colon);
        waits || open.last() == Some(&Bracket::Square)
    }

    /// Whether it is a request line that a body belongs to.
    fn sends_body(&self) -> bool {
        let method = self.request_line.as_ref().map(|(method, _)| *method);
        matches!(method, Some(Method::Post | Method::Put | Method::Patch))
    }

    /// Whether it starts with something that cannot start a value: a closing bracket, a comma, a
    /// member.
    fn starts_amid(&self) -> bool {
        let mut kinds = self
            .tokens
            .iter()
            .map(|token| &token.kind)
            .skip_while(|kind| **kind == TokenKind::Ellipsis);
        let elided = self.tokens.first().map(|token| &token.kind) == Some(&TokenKind::Ellipsis);
        match (kinds.next(), kinds.next()) {
            (Some(TokenKind::Close(_) | TokenKind::Comma), _) => true,
            (Some(first), Some(TokenKind::Colon)) => first.is_scalar(),
            (_, _) => elided,
        }
    }

    /// The brackets that are open at its end, outermost first.
    fn open_brackets(&self) -> Vec<Bracket> {
        let mut open = Vec::new();
        for token in &self.tokens {
            if let TokenKind::Open(bracket) = token.kind {
                open.push(bracket);
            } else if let TokenKind::Close(_) = token.kind {
                open.pop();
            }
        }
        open
    }

    /// How many brackets it closes that it did not open.
    fn depth_below_start(&self) -> usize {
        let (mut open, mut below) = (0usize, 0usize);
        for token in &self.tokens {
            match token.kind.opens() {
                Some(true) => open += 1,
                Some(false) if open == 0 => below += 1,
                Some(false) => open -= 1,
                None => {}
            }
        }
        below
    }

    /// Whether it consists of closing brackets alone.
    fn only_closes(&self) -> bool {
        let mut kinds = self.tokens.iter().map(|token| &token.kind);
        kinds.all(|kind| matches!(kind, TokenKind::Close(_) | TokenKind::Comma))
    }

    pub fn append(&mut self, rest: Part) {
        self.blocks += rest.blocks;
        if self.tokens.is_empty() {
            self.tokens = rest.tokens;
            self.problems.extend(rest.problems);
            return;
        }
        let below = rest.depth_below_start();
        let open = self.open_brackets().len();
        let (closers, behind_comma) = self.last_brackets();
        let missing = below.saturating_sub(open);
        let invented = if rest.only_closes() {
            behind_comma
        } else if open == 0 {
            behind_comma.max(missing).min(closers)
        } else {
            missing.min(closers)
        };
        self.drop_brackets(invented);
        // Brackets left in front of the cut may be invented too: what they close is doubtful.
        let closes = |token: &&Token| matches!(token.kind, TokenKind::Close(_));
        let kept = self.tokens.iter().rev().take_while(closes).count();
        let doubtful = invented > 0 && kept > 0;
        let sure = open + invented == below && !doubtful;
        let seam = Token {
            line: rest.line,
            kind: TokenKind::Seam { sure },
        };
        let behind = if doubtful { kept } else { 0 };
        self.tokens.insert(self.tokens.len() - behind, seam);
        if !rest.only_closes() {
            self.problems.push(Problem {
                line: rest.line,
                what: Repair::CutApart,
            });
        }
        self.tokens.extend(rest.tokens);
        self.problems.extend(rest.problems);
    }

    /// How many closing brackets stand at the end, and how many of them behind a comma that
    /// promised more.
    fn last_brackets(&self) -> (usize, usize) {
        let (mut closers, mut behind_comma) = (0, 0);
        for token in self.tokens.iter().rev() {
            if let TokenKind::Close(_) = token.kind {
                closers += 1;
            } else if token.kind == TokenKind::Comma {
                behind_comma = closers;
            } else {
                break;
            }
        }
        (closers, behind_comma)
    }

    /// Takes the last `count` closing brackets away, with the commas between them.
    fn drop_brackets(&mut self, count: usize) {
        let mut left = count;
        while left > 0 {
            let Some(token) = self.tokens.pop() else {
                return;
            };
            if let TokenKind::Close(_) = token.kind {
                left -= 1;
                self.problems.push(Problem {
                    line: token.line,
                    what: Repair::EarlyCloser,
                });
            }
        }
    }

    pub fn into_example(self) -> Example {
        let mut problems = self.problems;
        let like_json = self.tokens.iter().any(|token| {
            let kind = &token.kind;
            matches!(
                kind,
                TokenKind::Open(_) | TokenKind::Close(_) | TokenKind::Colon
            )
        });
        let lone = matches!(&self.tokens[..], [token] if token.kind.is_scalar());
        let value = if like_json || lone {
            tree(self.tokens, &mut problems)
        } else {
            problems.clear();
            None
        };
        problems.sort_unstable();
        problems.dedup();
        Example {
            request_line: self.request_line,
            value,
            problems,
            line: self.line,
        }
    }
}
