//! The wording that all renderings share: plurals, durations, places, shortened values.

use crate::finding::Finding;

/// `1 case`, `2 cases`.
pub fn counted(n: u64, one: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {one}{s}")
}

/// `41 ms`, `2.5 s`, `3 min 4 s`.
pub fn duration(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        1_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}

/// The first `most` characters, with the whole length where some are left out.
pub fn shortened(text: &str, most: usize) -> String {
    let n = text.chars().count();
    if n <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    format!("{head}… ({n} characters)")
}

/// Where the promise stands, all sources in one line.
pub fn sources(finding: &Finding) -> String {
    if finding.sources.is_empty() {
        return "HTTP itself".to_owned();
    }
    let places: Vec<String> = finding.sources.iter().map(ToString::to_string).collect();
    places.join("; ")
}

/// Operation and field: `kettles.update name`.
pub fn place(finding: &Finding) -> String {
    match &finding.field {
        Some(field) => format!("{} {field}", finding.operation),
        None => finding.operation.to_string(),
    }
}

/// The request in one line: `PUT /v1/kettles/7 {"name":"…"}`.
pub fn sent(finding: &Finding, most: usize) -> Option<String> {
    let request = &finding.exchange.as_ref()?.request;
    let body = shortened(&String::from_utf8_lossy(&request.body), most);
    Some(
        format!("{} {} {body}", request.method, request.target)
            .trim_end()
            .to_owned(),
    )
}

/// What came back, in one line.
pub fn answered(finding: &Finding, most: usize) -> Option<String> {
    let outcome = &finding.exchange.as_ref()?.outcome;
    Some(match outcome {
        Ok(response) => {
            let body = shortened(&String::from_utf8_lossy(&response.body), most);
            format!("{} {body}", response.status).trim_end().to_owned()
        }
        Err(failure) => failure.to_string(),
    })
}

/// The command that runs exactly this case again.
pub fn repeat(finding: &Finding, target: &str, endpoint: &str, seed: u64) -> String {
    let to = if target == endpoint {
        format!(" --endpoint {endpoint}")
    } else {
        String::new()
    };
    format!("proofhouse run{to} --seed {seed} --case '{}'", finding.case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_one_and_many() {
        assert_eq!(counted(1, "case"), "1 case");
        assert_eq!(counted(0, "case"), "0 cases");
    }

    #[test]
    fn says_how_long() {
        assert_eq!(duration(999), "999 ms");
        assert_eq!(duration(2_540), "2.5 s");
        assert_eq!(duration(184_000), "3 min 4 s");
    }

    #[test]
    fn shortens_by_characters() {
        assert_eq!(shortened("茶茶茶", 2), "茶茶… (3 characters)");
        assert_eq!(shortened("茶茶", 2), "茶茶");
    }
}
