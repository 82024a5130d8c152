//! Words of which a sentence may use the one or the other and says the same. A rule writes `{given}` in its
//! pattern and its cues, and reads "specified", "set", "provided" and the rest.

/// What rules call a choice of words, and the words. One may be made with another choice.
/// A word that begins with another one stands before it: the first that fits is taken.
const CHOICES: [(&str, &[&str]); 12] = [
    (
        "given",
        &[
            "specified",
            "set",
            "given",
            "provided",
            "configured",
            "supplied",
            "passed",
            "included",
            "present",
            "contained",
            "entered",
            "sent",
            "used",
        ],
    ),
    (
        "absent",
        &[
            "not {given}",
            "left out",
            "left blank",
            "left empty",
            "omitted",
            "absent",
            "missing",
            "unspecified",
        ],
    ),
    (
        "returned",
        &[
            "returned",
            "displayed",
            "shown",
            "included",
            "listed",
            "reported",
            "contained",
            "present",
        ],
    ),
    (
        "cannot",
        &[
            "cannot",
            "can not",
            "must not",
            "may not",
            "should not",
            "shall not",
        ],
    ),
    (
        "must",
        &[
            "must", "has to", "have to", "needs to", "need to", "should", "shall",
        ],
    ),
    ("if", &["if", "whenever", "when", "where"]),
    (
        "most",
        &[
            "a maximum of",
            "at most",
            "up to",
            "no more than",
            "not more than",
        ],
    ),
    (
        "传",
        &[
            "传入", "传", "填写", "填", "指定", "设置", "配置", "提供", "携带", "输入", "使用",
            "选择", "提交", "给出",
        ],
    ),
    ("不传", &["不{传}", "未{传}", "没有{传}", "为空"]),
    (
        "不能",
        &[
            "不能",
            "不可以",
            "不可",
            "不得",
            "不允许",
            "不支持",
            "不应",
            "无法",
            "禁止",
        ],
    ),
    (
        "必须",
        &[
            "必须", "必需", "务必", "需要", "需", "须", "应该", "应当", "应",
        ],
    ),
    (
        "至多",
        &["最多", "至多", "不超过", "不多于", "不高于", "不大于"],
    ),
];

/// A pattern with the words of all choices that it names.
pub(super) fn pattern(pattern: &str) -> String {
    let mut spelled = pattern.to_owned();
    while let Some((name, words)) = named(&spelled) {
        let any = format!("(?:{})", words.join("|"));
        spelled = spelled.replace(&placeholder(name), &any);
    }
    spelled
}

/// A cue once with each word of the choices that it names.
pub(super) fn cues(cue: &str) -> Vec<String> {
    let Some((name, words)) = named(cue) else {
        return vec![cue.to_owned()];
    };
    let spelled = words
        .iter()
        .map(|word| cue.replace(&placeholder(name), word));
    spelled.flat_map(|cue| cues(&cue)).collect()
}

/// The first choice that a text names.
fn named(text: &str) -> Option<(&'static str, &'static [&'static str])> {
    let mut choices = CHOICES.into_iter();
    choices.find(|(name, _)| text.contains(&placeholder(name)))
}

fn placeholder(name: &str) -> String {
    format!("{{{name}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_the_choice_and_gets_its_words() {
        assert_eq!(pattern("it is {if}"), "it is (?:if|whenever|when|where)");
        assert_eq!(pattern(r"\p{Han}{1,4}"), r"\p{Han}{1,4}");
        assert!(pattern("{absent}").contains("not (?:specified|set|"));
    }

    #[test]
    fn a_cue_stands_for_one_of_each_word() {
        assert_eq!(cues("no cue"), ["no cue"]);
        let cues = cues("only {if} {given}");
        assert!(cues.contains(&"only when set".to_owned()), "{cues:?}");
        assert_eq!(cues.len(), 4 * 13);
    }

    #[test]
    fn no_word_hides_a_longer_one() {
        for (name, words) in CHOICES {
            for (place, word) in words.iter().enumerate() {
                let hidden = words[place + 1..]
                    .iter()
                    .find(|later| later.starts_with(word));
                assert_eq!(hidden, None, "{name}: {word}");
            }
        }
    }
}
