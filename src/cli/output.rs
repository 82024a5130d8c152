//! Writes to stdout and stderr. A closed pipe is not an error: who reads the first lines of a list
//! has read what they wanted.

use std::error::Error;
use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};

/// Writes lines to stdout.
pub fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> io::Result<()> {
    let is_plain = AutoStream::choice(&io::stdout()) == ColorChoice::Never;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = lines.into_iter().try_for_each(|line| {
        let line = line.as_ref();
        match is_plain && line.contains('\x1b') {
            true => writeln!(out, "{}", strip_str(line)),
            false => out
                .write_all(line.as_bytes())
                .and_then(|()| out.write_all(b"\n")),
        }
    });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes lines to stdout with their colours, whoever reads them.
pub fn coloured_lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> io::Result<()> {
    ColorChoice::Always.write_global();
    self::lines(lines)
}

/// Writes a remark to stderr. When even that is closed, nobody is there to be told.
pub fn remark(text: &str) {
    let _nobody_listens = writeln!(anstream::stderr(), "{text}");
}

/// Writes an error with its causes to stderr, in one line.
pub fn error(error: &dyn Error) {
    remark(&format!("error: {}", with_causes(error)));
}

/// An error with its causes, in one line.
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
