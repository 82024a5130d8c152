//! Tokens in, one value out, whatever the tokens are.
//!
//! Main entry: [`tree`]. A stack of open objects and arrays replaces recursion, so that hostile
//! nesting costs memory for a token and no more.

use hashbrown::HashSet;

use super::token::{Bracket, Token, TokenKind};
use super::{DEPTH, Node, NodeValue, Problem, Repair};

/// Builds the value; what does not fit becomes a Problem.
pub(super) fn tree(tokens: Vec<Token>, problems: &mut Vec<Problem>) -> Option<Node> {
    let last_line = tokens.last().map_or(0, |token| token.line);
    let mut builder = Builder {
        stack: Vec::new(),
        root: None,
        closed_at: 0,
        skipping: 0,
        problems,
    };
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if !builder.take(token, tokens.peek()) {
            break;
        }
    }
    builder.end(last_line)
}

struct Builder<'a> {
    stack: Vec<Frame>,
    root: Option<Node>,
    /// The line on which the root was closed.
    closed_at: u32,
    /// How many brackets are open beyond [`DEPTH`].
    skipping: usize,
    problems: &'a mut Vec<Problem>,
}

/// An object or array that is still open.
struct Frame {
    line: u32,
    whole: bool,
    held: Held,
    /// Whether a value stands since the last comma.
    filled: bool,
    /// The line of a comma with nothing behind it yet.
    comma: Option<u32>,
}

enum Held {
    Object {
        members: Vec<(String, u32, Node)>,
        names: HashSet<String>,
        /// A name that waits for its value.
        name: Option<(String, u32)>,
    },
    Array(Vec<Node>),
}

impl Frame {
    fn open(bracket: Bracket, line: u32) -> Self {
        let held = match bracket {
            Bracket::Brace => Held::Object {
                members: Vec::new(),
                names: HashSet::new(),
                name: None,
            },
            Bracket::Square => Held::Array(Vec::new()),
        };
        Self {
            line,
            whole: true,
            held,
            filled: false,
            comma: None,
        }
    }

    fn bracket(&self) -> Bracket {
        match self.held {
            Held::Object { .. } => Bracket::Brace,
            Held::Array(_) => Bracket::Square,
        }
    }

    /// Whether the next value has a place: in an array, or behind a name.
    fn awaits_value(&self) -> bool {
        match &self.held {
            Held::Object { name, .. } => name.is_some(),
            Held::Array(_) => true,
        }
    }

    fn into_node(self) -> Node {
        let value = match self.held {
            Held::Object { members, .. } => NodeValue::Object(members),
            Held::Array(items) => NodeValue::Array(items),
        };
        Node {
            line: self.line,
            value,
            whole: self.whole,
        }
    }
}

impl Builder<'_> {
    /// Takes one token; false when the value ended before the tokens did.
    fn take(&mut self, token: Token, next: Option<&Token>) -> bool {
        let line = token.line;
        if self.skipping > 0 {
            self.skip(&token.kind, line);
            return true;
        }
        match token.kind {
            TokenKind::Open(bracket) => return self.open(bracket, line),
            TokenKind::Close(bracket) => self.close(bracket, line),
            TokenKind::Comma => self.comma(line),
            // A name takes its colon with it; see `name`.
            TokenKind::Colon => {}
            TokenKind::Ellipsis => self.ellipsis(line),
            TokenKind::Seam { sure } => {
                for frame in &mut self.stack {
                    frame.whole &= sure;
                }
            }
            TokenKind::Text(text) => return self.text(text, line, next),
            TokenKind::Number(text) if names(next) => return self.text(text, line, next),
            TokenKind::Word(text) if names(next) => return self.text(text, line, next),
            TokenKind::Null => return self.scalar(NodeValue::Null, line),
            TokenKind::Bool(value) => return self.scalar(NodeValue::Bool(value), line),
            TokenKind::Number(text) => return self.scalar(NodeValue::Number(text), line),
            TokenKind::Word(_) => return self.scalar(NodeValue::Elided, line),
        }
        true
    }

    fn problem(&mut self, line: u32, what: Repair) {
        self.problems.push(Problem { line, what });
    }

    fn skip(&mut self, kind: &TokenKind, line: u32) {
        match kind.opens() {
            Some(true) => self.skipping += 1,
            Some(false) => self.skipping -= 1,
            None => {}
        }
        if self.skipping == 0 {
            self.scalar(NodeValue::Elided, line);
        }
    }

    fn open(&mut self, bracket: Bracket, line: u32) -> bool {
        if self.stack.is_empty() && self.root.is_some() {
            self.problem(line, Repair::AfterEnd);
            return false;
        }
        self.separate(line);
        if self.stack.len() >= DEPTH {
            self.problem(line, Repair::TooDeep);
            self.skipping = 1;
            return true;
        }
        self.stack.push(Frame::open(bracket, line));
        true
    }

    fn close(&mut self, bracket: Bracket, line: u32) {
        let fits = self.stack.iter().any(|frame| frame.bracket() == bracket);
        if !fits {
            return self.problem(line, Repair::StrayCloser);
        }
        while let Some(frame) = self.stack.last_mut() {
            if frame.bracket() == bracket {
                break;
            }
            frame.whole = false;
            self.problem(line, Repair::MissingCloser);
            self.pop(line);
        }
        self.pop(line);
    }

    /// Closes the innermost object or array and hands it to what encloses it.
    fn pop(&mut self, line: u32) {
        self.finish_name(line);
        let Some(frame) = self.stack.pop() else {
            return;
        };
        if let Some(comma) = frame.comma {
            self.problem(comma, Repair::StrayComma);
        }
        self.closed_at = line;
        self.place(frame.into_node());
    }

    /// A name whose value never came keeps its place.
    fn finish_name(&mut self, line: u32) {
        let waiting = self.stack.last_mut().and_then(|frame| {
            let Held::Object { name, .. } = &frame.held else {
                return None;
            };
            name.as_ref().map(|(_, line)| *line)
        });
        if let Some(at) = waiting {
            self.problem(at, Repair::MissingValue);
            self.place(Node {
                line,
                value: NodeValue::Elided,
                whole: true,
            });
        }
    }

    fn comma(&mut self, line: u32) {
        self.finish_name(line);
        match self.stack.last_mut() {
            Some(frame) if frame.filled => {
                frame.filled = false;
                frame.comma = Some(line);
            }
            Some(_) | None => self.problem(line, Repair::StrayComma),
        }
    }

    fn ellipsis(&mut self, line: u32) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        frame.comma = None;
        if frame.bracket() == Bracket::Brace && frame.awaits_value() {
            self.place(Node {
                line,
                value: NodeValue::Elided,
                whole: true,
            });
        } else {
            frame.whole = false;
            frame.filled = false;
        }
    }

    fn text(&mut self, text: String, line: u32, next: Option<&Token>) -> bool {
        if names(next) {
            return self.name(text, line);
        }
        let lone = self.stack.last().is_some_and(|frame| !frame.awaits_value());
        let value_follows = next.is_some_and(|next| {
            next.line == line && (next.kind.is_scalar() || matches!(next.kind, TokenKind::Open(_)))
        });
        if lone && value_follows {
            self.problem(line, Repair::MissingColon);
            return self.name(text, line);
        }
        self.scalar(NodeValue::Text(text), line)
    }

    fn name(&mut self, text: String, line: u32) -> bool {
        self.finish_name(line);
        self.enter_object(line);
        let Some(frame) = self.stack.last_mut() else {
            self.problem(line, Repair::AfterEnd);
            return false;
        };
        let missing_comma = frame.filled;
        frame.comma = None;
        if let Held::Object { names, name, .. } = &mut frame.held {
            let first = names.insert(text.clone());
            *name = Some((text, line));
            if !first {
                self.problem(line, Repair::DuplicateName);
            }
        }
        if missing_comma {
            self.problem(line, Repair::MissingComma);
        }
        true
    }

    /// Sees to it that a member has an object to be in: closes arrays that were left open, opens
    /// the root again that closed too early, or opens an object that nobody opened.
    fn enter_object(&mut self, line: u32) {
        match self.stack.last() {
            Some(frame) if frame.bracket() == Bracket::Brace => {}
            Some(_) => {
                let braces = |frame: &Frame| frame.bracket() == Bracket::Brace;
                let behind_value = self
                    .stack
                    .last()
                    .is_some_and(|frame| frame.filled || frame.comma.is_some());
                if behind_value && self.stack.iter().any(braces) {
                    while self.stack.last().is_some_and(|frame| !braces(frame)) {
                        self.problem(line, Repair::MissingCloser);
                        if let Some(frame) = self.stack.last_mut() {
                            frame.whole = false;
                            frame.comma = None;
                        }
                        self.pop(line);
                    }
                    if let Some(frame) = self.stack.last_mut() {
                        frame.filled = false;
                    }
                } else {
                    self.problem(line, Repair::MissingOpener);
                    self.push_torn(line);
                }
            }
            None => match self.root.take() {
                None => {
                    self.problem(line, Repair::MissingOpener);
                    self.push_torn(line);
                }
                Some(root) => self.reopen(root),
            },
        }
    }

    fn push_torn(&mut self, line: u32) {
        if self.stack.len() < DEPTH {
            let mut frame = Frame::open(Bracket::Brace, line);
            frame.whole = false;
            self.stack.push(frame);
        }
    }

    fn reopen(&mut self, root: Node) {
        let line = root.line;
        match root.value {
            NodeValue::Object(members) => {
                self.problem(self.closed_at, Repair::EarlyCloser);
                let mut frame = Frame::open(Bracket::Brace, line);
                let known = members.iter().map(|(name, _, _)| name.clone()).collect();
                frame.whole = false;
                frame.held = Held::Object {
                    members,
                    names: known,
                    name: None,
                };
                self.stack.push(frame);
            }
            value @ (NodeValue::Null
            | NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::Array(_)
            | NodeValue::Elided) => {
                self.root = Some(Node { value, ..root });
            }
        }
    }

    fn scalar(&mut self, value: NodeValue, line: u32) -> bool {
        if self.stack.is_empty() && self.root.is_some() {
            self.problem(line, Repair::AfterEnd);
            return false;
        }
        self.separate(line);
        self.place(Node {
            line,
            value,
            whole: true,
        });
        true
    }

    /// Notes a missing comma in front of an array's item; an object's names note theirs.
    fn separate(&mut self, line: u32) {
        if let Some(frame) = self.stack.last()
            && frame.filled
            && frame.bracket() == Bracket::Square
        {
            self.problem(line, Repair::MissingComma);
        }
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.comma = None;
        let mut homeless = None;
        match &mut frame.held {
            Held::Array(items) => items.push(node),
            Held::Object { members, name, .. } => match name.take() {
                Some((name, line)) => members.push((name, line, node)),
                None => homeless = Some(node.line),
            },
        }
        frame.filled = true;
        if let Some(line) = homeless {
            frame.whole = false;
            self.problem(line, Repair::StrayText);
        }
    }

    /// Closes what is still open.
    fn end(mut self, last_line: u32) -> Option<Node> {
        if self.skipping > 0 {
            self.skipping = 0;
            self.scalar(NodeValue::Elided, last_line);
        }
        if !self.stack.is_empty() {
            self.problem(last_line, Repair::MissingCloser);
        }
        while let Some(frame) = self.stack.last_mut() {
            frame.whole = false;
            frame.comma = None;
            self.pop(last_line);
        }
        self.root
    }
}

/// Whether the token before is a name.
fn names(next: Option<&Token>) -> bool {
    next.is_some_and(|next| next.kind == TokenKind::Colon)
}
