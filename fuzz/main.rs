//! Reads documents that nobody wrote, for a bounded time: `cargo test --test fuzz`.
//!
//! cargo-fuzz needs a nightly compiler, so the engine is proptest. Documents of the corpus are mutated
//! line by line, and a mutant that makes the reader say something new (a rule, a diagnosis, a dispute)
//! joins the corpus of this run. Whatever is read must not panic, must give the same twice, and must
//! take time in proportion to its length. A failure is shrunk and left in a file.
//!
//! `FUZZ_SECONDS` says how long (default 8), `FUZZ_SEED` where to start. Documents beside the
//! repository, in `../shared/docs`, are mutated too where they are.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads files, the environment and a clock, and says what it did"
)]

mod mutate;
mod novelty;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mutate::Mutation;
use novelty::Novelty;
use proofhouse::document;
use proofhouse::extract::{self, Reading, inventory};
use proofhouse::source::DocumentId;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// No mutant is longer than this.
const LONGEST: usize = 400_000;

/// A reader without optimisations, on a busy machine, needs no more than this for a byte.
const PER_BYTE: Duration = Duration::from_micros(60);

/// And this for being started at all.
const AT_ALL: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let seconds = setting("FUZZ_SECONDS").unwrap_or(8);
    let seed = setting("FUZZ_SEED").unwrap_or(0);
    std::panic::set_hook(Box::new(|_| {}));
    let mut corpus = corpus();
    let n_given = corpus.len();
    let mut novelty = Novelty::default();
    for text in &corpus {
        match check(text) {
            Ok(reading) => novelty.learn(&reading),
            Err(problem) => return fail(text, &problem),
        };
    }
    let mut runner = runner(seed);
    let strategy = mutate::mutations();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut n_read = 0_usize;
    while Instant::now() < end {
        let mut tree = strategy
            .new_tree(&mut runner)
            .expect("no mutation is refused");
        let (base, mutations) = tree.current();
        let text = mutated(&corpus, base, &mutations);
        n_read += 1;
        match check(&text) {
            Ok(reading) if !novelty.learn(&reading) => {}
            Ok(reading) => match check_again(&text, &reading) {
                Ok(()) => corpus.push(text),
                Err(problem) => return fail(&text, &problem),
            },
            Err(problem) => {
                let (smallest, problem) = shrunk(&mut tree, &corpus, (text, problem));
                return fail(&smallest, &problem);
            }
        }
    }
    println!(
        "fuzz: {n_read} mutants of {n_given} texts in {seconds} s; {} of them said something new, \
         {} things in all; seed {seed}",
        corpus.len() - n_given,
        novelty.len()
    );
    ExitCode::SUCCESS
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config::default(), rng)
}

fn mutated(corpus: &[String], base: usize, mutations: &[Mutation]) -> String {
    let mut text = corpus[base % corpus.len()].clone();
    for mutation in mutations {
        text = mutation.apply(&text, corpus);
        let end = (0..=LONGEST.min(text.len())).rfind(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
    }
    text
}

/// Reads a text. Says what is wrong with that, if anything.
fn check(text: &str) -> Result<Reading, String> {
    let start = Instant::now();
    let reading = catch_unwind(AssertUnwindSafe(|| read(text))).map_err(|panic| said(&*panic))?;
    let taken = start.elapsed();
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    if taken > AT_ALL + PER_BYTE * length {
        return Err(format!("{length} bytes took {taken:?}"));
    }
    Ok(reading)
}

/// Reads a text that is worth keeping once more: the same must come of it.
fn check_again(text: &str, first: &Reading) -> Result<(), String> {
    let again = catch_unwind(AssertUnwindSafe(|| read(text))).map_err(|panic| said(&*panic))?;
    let same = inventory::lines(&again) == inventory::lines(first) && again == *first;
    same.then_some(())
        .ok_or_else(|| "the second reading differs".to_owned())
}

fn read(text: &str) -> Reading {
    let document = document::read(&DocumentId::new("mutant"), text.as_bytes());
    let mut readings = [extract::read(&document)];
    extract::settle(&mut readings);
    let [reading] = readings;
    reading
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a panic: {}", text.unwrap_or("without words"))
}

/// The smallest mutant that still fails, found in a bounded number of steps.
fn shrunk(
    tree: &mut impl ValueTree<Value = (usize, Vec<Mutation>)>,
    corpus: &[String],
    first: (String, String),
) -> (String, String) {
    let mut smallest = first;
    for _ in 0..200 {
        if !tree.simplify() {
            break;
        }
        let (base, mutations) = tree.current();
        let text = mutated(corpus, base, &mutations);
        match check(&text) {
            Err(problem) => smallest = (text, problem),
            Ok(_) => {
                if !tree.complicate() {
                    break;
                }
            }
        }
    }
    smallest
}

fn fail(text: &str, problem: &str) -> ExitCode {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-failure.txt");
    let kept = std::fs::write(&path, text);
    let place = kept.map_or_else(|error| error.to_string(), |()| path.display().to_string());
    println!("fuzz: {problem}\n  the document: {place}\n  keep it: copy it to fuzz/regressions/");
    ExitCode::FAILURE
}

/// What failed once, the documents made for this, and those beside the repository.
fn corpus() -> Vec<String> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["fuzz/regressions", "fuzz/corpus", "../shared/docs/seeds"] {
        let before = found.len();
        for path in files(&home.join(folder)) {
            let bytes = std::fs::read(&path).expect("a file that was listed can be read");
            found.extend(parts(&String::from_utf8_lossy(&bytes)));
        }
        if found.len() == before && folder.starts_with("..") {
            println!("fuzz: no documents in {folder}; only those of fuzz/ are mutated");
        }
    }
    assert!(!found.is_empty(), "fuzz/corpus was not found");
    found
}

/// A document in parts that are read in a moment, so that many mutants are.
fn parts(text: &str) -> Vec<String> {
    const LONG_ENOUGH: usize = 4_000;
    let mut parts = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if parts.last().is_some_and(|part| part.len() > LONG_ENOUGH) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
        }
    }
    parts
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    paths.sort();
    paths
}
