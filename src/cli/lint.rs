//! `proofhouse lint`: where documents contradict themselves and each other, and what is damaged in
//! print, ready to be filed with those who write them.

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::documents::{Documents, DocumentsError, Text};
use super::operations::{self, Unknown};
use super::rulings::RulingsFile;
use super::{Exit, editions, explain, output};
use crate::contract::{Contract, Operation};
use crate::document;
use crate::extract::{self, Reading};
use crate::lint::{self, Category, Flaw, Material, Severity, Shelf, Style};
use crate::ruling::Concern;
use crate::source::{DocumentId, Provenance};

/// What was typed.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 no flaws, 1 flaws, 2 could not run, 3 nothing was read.")]
pub struct Arguments {
    /// The documents, one file each. Without any, those that the manifest names; where they are
    /// not at hand, the disputes of the embedded contract
    documents: Vec<PathBuf>,
    /// Only flaws of this operation, by id or `METHOD path`. May be repeated
    #[arg(long = "operation", value_name = "OPERATION")]
    operations: Vec<String>,
    /// Only flaws of this category. May be repeated
    #[arg(long = "category", value_name = "CODE", value_parser = category)]
    categories: Vec<Category>,
    /// Only flaws that are at least so serious
    #[arg(long, value_enum, default_value = "note")]
    severity: Threshold,
    /// How they are printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write to this file instead of stdout
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the documents are called
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Say what a category means, and how its flaws are settled
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    #[command(flatten)]
    rulings: RulingsFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the lines in question
    Text,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Error,
    Warning,
    Note,
}

impl Threshold {
    fn severity(self) -> Severity {
        match self {
            Threshold::Error => Severity::Error,
            Threshold::Warning => Severity::Warning,
            Threshold::Note => Severity::Note,
        }
    }
}

fn category(code: &str) -> Result<Category, String> {
    Category::of_code(code).ok_or_else(|| {
        let known = Category::ALL.iter().map(|category| category.code());
        let nearest = super::nearest(code, known).unwrap_or("");
        format!("there is no such category; did you mean `{nearest}`?")
    })
}

/// Why there is no list of flaws.
#[derive(Debug, thiserror::Error)]
enum LintError {
    #[error("write `{}`", path.display())]
    Write {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
}

/// Contracts, with what else was read and the lines, where documents are at hand.
struct Evidence {
    contracts: Vec<Contract>,
    readings: Vec<Reading>,
    shelf: Shelf,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments) -> Result<Exit, Box<dyn Error>> {
    if let Some(code) = &arguments.explain {
        return explain::print(code);
    }
    let mut evidence = evidence(arguments)?;
    let concerns = evidence.rule(&arguments.rulings)?;
    let contracts = evidence.contracts();
    if contracts
        .iter()
        .all(|contract| contract.operations.is_empty())
    {
        output::remark("nothing was read: no operation was found");
        return Ok(Exit::NothingChecked);
    }
    let wanted = operations(&arguments.operations, &contracts)?;
    let mut flaws = lint::flaws(&evidence.material(), &concerns);
    flaws.retain(|flaw| arguments.wants(flaw, &wanted));
    write(
        &render(&flaws, &evidence.shelf, arguments),
        arguments.output.as_deref(),
    )?;
    Ok(if flaws.iter().all(Flaw::is_settled) {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

impl Arguments {
    fn wants(&self, flaw: &Flaw, routes: &[String]) -> bool {
        let touched = flaw.operations();
        flaw.severity() >= self.severity.severity()
            && (self.categories.is_empty() || self.categories.contains(&flaw.category))
            && (self.operations.is_empty()
                || routes.iter().any(|route| touched.contains(route.as_str())))
    }
}

impl Evidence {
    /// Applies the rulings, and puts their file beside the documents.
    fn rule(&mut self, file: &RulingsFile) -> Result<Vec<Concern>, Box<dyn Error>> {
        let Some(opened) = file.open()? else {
            return Ok(Vec::new());
        };
        let path = opened.path.display().to_string();
        let lines = document::lines(opened.text.as_bytes());
        let at = Provenance::line(&DocumentId::new(&path), 1);
        self.shelf.put(&at, path, lines);
        let mut concerns = opened.rulings.apply(&mut self.contracts);
        if !self.readings.is_empty() {
            concerns = opened.apply_to(&mut self.readings);
        }
        Ok(concerns)
    }

    fn contracts(&self) -> Vec<&Contract> {
        let read = self.readings.iter().map(|reading| &reading.contract);
        self.contracts.iter().chain(read).collect()
    }

    fn material(&self) -> Vec<Material<'_>> {
        let embedded = self.contracts.iter().map(|contract| Material {
            contract,
            reading: None,
        });
        let read = self.readings.iter().map(|reading| Material {
            contract: &reading.contract,
            reading: Some(reading),
        });
        embedded.chain(read).collect()
    }
}

/// The documents named, those of the manifest when they are all there, or the embedded contract.
fn evidence(arguments: &Arguments) -> Result<Evidence, Box<dyn Error>> {
    let found = Documents::find(&arguments.documents, arguments.manifest.as_deref());
    let documents = match found {
        Err(DocumentsError::Nothing) => None,
        Ok(documents) if arguments.documents.is_empty() => {
            let all_there = documents.paths.iter().all(|path| path.exists());
            all_there.then_some(documents)
        }
        found => Some(found?),
    };
    let Some(documents) = documents else {
        output::remark(
            "the documents are not at hand: the disputes of the contract are listed, without lines",
        );
        let (contracts, readings) = (editions::at_hand()?, Vec::new());
        return Ok(Evidence {
            contracts,
            readings,
            shelf: Shelf::default(),
        });
    };
    let mut readings = Vec::new();
    let mut shelf = Shelf::default();
    for path in &documents.paths {
        let Text { reading, pages } = documents.read(path)?;
        for (nth, page) in pages.iter().enumerate() {
            let at = reading.pages.start(&reading.contract.edition.id, nth);
            let lines = document::lines(&page.bytes);
            shelf.put(&at, page.path.display().to_string(), lines);
        }
        readings.push(reading);
    }
    extract::settle(&mut readings);
    Ok(Evidence {
        contracts: Vec::new(),
        readings,
        shelf,
    })
}

/// The routes of the operations that were asked for, in any edition.
fn operations(asked: &[String], contracts: &[&Contract]) -> Result<Vec<String>, Unknown> {
    let all = contracts.iter().flat_map(|contract| &contract.operations);
    let found = operations::named(asked, all)?;
    Ok(found.into_iter().map(Operation::route).collect())
}

fn render(flaws: &[Flaw], shelf: &Shelf, arguments: &Arguments) -> String {
    let pretty = |value: serde_json::Value| format!("{value:#}\n");
    match arguments.format {
        Format::Text => lint::text(flaws, shelf, style(arguments)),
        Format::Json => pretty(lint::json(flaws)),
        Format::Sarif => pretty(lint::sarif(flaws, shelf, env!("CARGO_PKG_VERSION"))),
    }
}

fn style(arguments: &Arguments) -> Style {
    let terminal = arguments.output.is_none() && std::io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal);
    Style {
        width: width.map_or(120, |(width, _)| usize::from(width.0)),
        coloured: terminal,
    }
}

fn write(text: &str, file: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let Some(path) = file else {
        return Ok(output::lines([text.trim_end()])?);
    };
    #[expect(clippy::disallowed_methods, reason = "the command line writes files")]
    let written = std::fs::write(path, text);
    written.map_err(|cause| LintError::Write {
        path: path.to_owned(),
        cause,
    })?;
    Ok(())
}
