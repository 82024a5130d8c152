//! Which characters a text may consist of, and how it may begin and end.

use std::sync::LazyLock;

use super::characters::named;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::signs;
use super::spelled::is_of_a_part;
use crate::contract::{CharClass, Constraint, Kind, Unit};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.charset-of-length",
        language: Zh,
        meaning: "the characters of a text, named behind its length",
        cues: &["位的", "字符的", "个的"],
        pattern: r"的(?P<set>(?:中文|汉字|英文|大小写|数字|字母|小写|大写)[^。；,]{0,40}?(?:字母|数字|下划线|中划线|连字符|空格|点))(?P<next>[,。；]|$|组成|构成)",
        read: |hit| {
            let is_length = hit.before.ends_with(['位', '符', '个']);
            (hit.about_field() && is_length)
                .then(|| charset(hit.group("set")))
                .flatten()
        },
    },
    Rule {
        name: "zh.charset",
        language: Zh,
        meaning: "made of these characters only",
        cues: &["组成", "构成"],
        pattern: r"(?:只能|仅能|只可|可以|可|必须|应|支持)?由(?P<set>.+?)(?:组成|构成)",
        read: |hit| {
            // "LP-加4位数字": a text that goes before them, and not these alone.
            let is_whole = !is_of_a_part(hit) && !hit.group("set").contains('加');
            is_whole.then(|| charset(hit.group("set"))).flatten()
        },
    },
    Rule {
        name: "zh.charset-contains",
        language: Zh,
        meaning: "may contain these characters only",
        cues: &[
            "包含",
            "支持",
            "输入",
            "包括",
            "使用",
            "允许",
            "可以为",
            "可为",
        ],
        pattern: r"(?:只能|仅能|只允许|仅允许|只可以|可以|可|仅|支持|允许|只)(?:包含|包括|输入|支持|使用|含有|为)?(?P<set>[^。；]*?(?:字母|数字|中文|汉字|下划线|中划线)[^。；]*?)(?:(?P<next>,\s*(?:且|并且)?\s*(?:长度|不能|必须|以[^及]|固定|区分|最))|,\s*(?:且|并且)|[。；]|$)",
        read: |hit| {
            let is_closed = hit.whole().contains(['只', '仅']);
            (is_closed || names_several(hit.group("set")))
                .then(|| charset(hit.group("set")))
                .flatten()
        },
    },
    Rule {
        name: "zh.charset-ranges",
        language: Zh,
        meaning: "may contain only these characters, told by their ranges and signs alone",
        cues: &["a-z", "0-9"],
        pattern: r"(?:只能|仅能|只允许|仅允许|只可以|可以|可|仅|只|由)(?:包含|包括|输入|支持|使用|含有|为)?\s*(?P<set>(?:0-9|a-z|A-Z)(?:\s*[/,、]\s*(?:0-9|a-z|A-Z|[-_.:@#]))+)(?P<next>[,。；\s]|组成|构成|$)",
        read: |hit| ranges(hit.group("set")),
    },
    Rule {
        name: "zh.charset-digits",
        language: Zh,
        meaning: "a text of digits only",
        cues: &["数字"],
        pattern: r"必须(?:为|是)(?P<set>数字)|只能(?:为|是)\s*(?P<exact>[0-9]{1,3})\s*[位个](?P<digits>数字)",
        read: |hit| match hit.number("exact") {
            Some(exact) => Some(Heard::all([digits()?, exactly(exact)])),
            None if matches!(hit.kind(), Kind::Integer | Kind::Number) => Some(Heard::default()),
            None => Some(digits()?.into()),
        },
    },
    Rule {
        name: "zh.charset-label",
        language: Zh,
        meaning: "a labelled set of characters",
        cues: &["字符集"],
        pattern: r"字符集\s*(?:为|:)\s*(?P<set>[^。；]+)",
        read: |hit| charset(hit.group("set")),
    },
    Rule {
        name: "zh.starts-not-with",
        language: Zh,
        meaning: "must not begin (or end) with a character",
        cues: &["开头", "结尾", "开始", "结束"],
        pattern: r"{不能}以(?P<set>[^。,；]*?)(?P<end>开头|开始|结尾|结束)(?:[和或](?P<both>结尾|结束))?",
        read: |hit| edge(hit, true),
    },
    Rule {
        name: "zh.prefix-not-allowed",
        language: Zh,
        meaning: "must not begin with a word",
        cues: &["前缀"],
        pattern: r#"{不能}(?:使用|以)\s*"?(?P<word>[A-Za-z0-9_-]{1,40})"?\s*(?:作为|为|作)(?:\p{Han}{0,4})前缀"#,
        read: |hit| Some(Constraint::Pattern(format!("^(?!{})", hit.group("word"))).into()),
    },
    Rule {
        name: "zh.charset-of-range",
        language: Zh,
        meaning: "the characters that a range lists",
        cues: &["范围"],
        pattern: r"取值范围\s*(?:为|是|:)\s*(?P<set>(?:(?:大小写|小写|大写)?(?:英文|中文)?字母|英文|数字)\s*(?:、|,|和|或|与)[^。；,]*?(?:字母|数字|线|号|杠|汉字|字符|点|\([^)]\)))(?P<next>,|。|；|$)",
        read: |hit| charset(hit.group("set")),
    },
    Rule {
        name: "zh.starts-with",
        language: Zh,
        meaning: "must begin (or end) with one of these characters",
        cues: &["开头", "结尾", "开始", "结束"],
        pattern: r"(?:(?:必须|只能|需要|须|应)(?:以|由)|(?:^\s*|[,。；:\s]|且|并)以)(?P<set>[^。,；]*?)(?P<end>开头|开始|结尾|结束)(?:[和或](?P<both>结尾|结束))?",
        read: |hit| {
            (!hit.after.starts_with('的'))
                .then(|| edge(hit, false))
                .flatten()
        },
    },
    Rule {
        name: "zh.not-the-name",
        language: Zh,
        meaning: "must not contain the user's name: a remark",
        cues: &["包含", "用户名", "帐号", "账号"],
        pattern: r"不(?:能|可|得)包含(?:用户名|用户|帐号|账号)[^。]*|不(?:能|可|得)(?:与|和)(?:用户名|帐号|账号)[^。；,]{0,20}相同",
        read: |_| Some(Constraint::Other("not the user's name".into()).into()),
    },
    Rule {
        name: "zh.only-protocol",
        language: Zh,
        meaning: "an address of one protocol",
        cues: &["协议"],
        pattern: r"(?:仅|只)(?:能)?支持\s*(?P<protocol>(?i:https?))\s*协议",
        read: |hit| {
            let start = hit.group("protocol").to_lowercase();
            let pattern = Constraint::Pattern(format!("^{start}://"));
            let is_address = ["地址", "链接", "url", "URL"]
                .iter()
                .any(|word| hit.before.contains(word));
            (hit.about_field() && is_address).then(|| pattern.into())
        },
    },
    Rule {
        name: "en.only-protocol",
        language: En,
        meaning: "an address of one protocol",
        cues: &["http"],
        pattern: r"(?:must|can only|should) be an? (?P<protocol>https?) (?:url|address|link)\b|^only (?P<only>https?)(?: (?:urls|addresses|links))? (?:is|are) supported",
        read: |hit| {
            let start = [hit.group("protocol"), hit.group("only")]
                .concat()
                .to_lowercase();
            let pattern = Constraint::Pattern(format!("^{start}://"));
            hit.about_field().then(|| pattern.into())
        },
    },
    Rule {
        name: "en.not-the-name",
        language: En,
        meaning: "must not contain the user's name: a remark",
        cues: &["username", "user name"],
        pattern: r"{cannot} (?:contain|be)[^.]{0,60}user ?name[^.]*",
        read: |_| Some(Constraint::Other("not the user's name".into()).into()),
    },
    Rule {
        name: "en.no-outer-blanks",
        language: En,
        meaning: "no blanks in front and behind",
        cues: &[
            "leading",
            "trailing",
            "neither ",
            "at either end",
            "at any end",
            "at both ends",
        ],
        pattern: r"(?:leading (?:and|or) trailing|trailing (?:and|or) leading) (?:spaces?|blanks?|white ?spaces?(?: characters?)?) (?:(?:are|is) not (?:allowed|supported|permitted)|{cannot} be (?:used|contained|included))|{cannot} (?:have|contain|include) (?:any )?leading (?:and|or) trailing (?:spaces?|blanks?|white ?spaces?)|neither (?:starts?|begins?) nor ends? with (?:an? |any )?(?:spaces?|blanks?|white ?spaces?)|without (?:an? |any )?(?:spaces?|blanks?|white ?spaces?) at (?:either|any|both) ends?",
        read: |hit| {
            let is_text = hit.about_field() && *hit.kind() == Kind::String;
            let pattern = Constraint::Pattern("^[^ ](.*[^ ])?$".to_owned());
            is_text.then(|| pattern.into())
        },
    },
    Rule {
        name: "en.starts-not-with",
        language: En,
        meaning: "must not begin (or end) with a character",
        cues: &["start", "begin", "end"],
        pattern: r"(?:cannot|can not|must not|may not|should not|not) (?P<end>start|begin|end)(?: (?:or|and) (?P<both>end))? with (?P<set>(?:\([^)]*\)|[^,;(]|\([.,;]\))*?)(?: or end with (?P<last>(?:\([^)]*\)|[^,;.(])+))?(?:\.?$|[,;]| and (?:cannot|must|can))",
        read: |hit| {
            let mut heard = edge(hit, true)?;
            // "… or end with a dot": that end has characters of its own.
            let last = classes(hit.group("last"));
            if !last.is_empty() {
                let set: String = last.iter().map(in_brackets).collect();
                let last = Constraint::Pattern(format!("[^{set}]$"));
                heard.constraints.push((last, None));
            }
            Some(heard)
        },
    },
    Rule {
        name: "en.starts-with",
        language: En,
        meaning: "must begin (or end) with one of these characters",
        cues: &["start", "begin", "end"],
        pattern: r"(?:must|should|can only|has to|only|and|,) (?P<end>start|begin|end)(?:s|ing|ning)?(?: (?:or|and) (?P<both>end)(?:s|ing)?)? with (?P<set>(?:\([^)]*\)|[^,;(])*?)(?:\.?$|[,;]| and (?:can|must|contains?|ends?|consists?|be|is|may))",
        read: |hit| edge(hit, false),
    },
    Rule {
        name: "en.charset-allowed",
        language: En,
        meaning: "only these characters are allowed",
        cues: &["allowed", "supported", "permitted", " only "],
        pattern: r"(?:only |^)(?P<set>[^;]*?(?:letters|digits|characters|hyphens|underscores)[^;]*?) (?:are|is) (?:allowed|supported|permitted)(?P<next>\.|,|;|$)|^(?:please )?(?:use|enter|include) only (?P<use>[^;.]*?(?:letters|digits|hyphens|underscores)(?:[^;.]|[;.][^ ])*)\.?$",
        read: |hit| charset(&[hit.group("set"), hit.group("use")].concat()),
    },
    Rule {
        name: "en.charset-consisting",
        language: En,
        meaning: "consists of these characters only, said behind a length",
        cues: &["consist"],
        pattern: r"consist(?:s|ing)? of(?: only)? (?P<set>[^;]*?(?:letters?|digits?|characters|hyphens?|underscores?|\([^)]\))[^;]*?)(?P<next>\.$|\.\s|$|,? and (?:cannot|must|can|is|has)|, but )",
        read: |hit| charset(hit.group("set")),
    },
    Rule {
        name: "en.charset",
        language: En,
        meaning: "may contain (or consists of) these characters only",
        cues: &["letter", "digit", "underscore", "hyphen"],
        pattern: r"(?:(?:can|may|must|should|only)(?: only)? (?:contain|consist of|include|be|use)(?: only)?|consist(?:s|ing)? of|composed of|contains? only|including|which can be|which are(?: all)?|made up of|comprised of)(?: only)? (?P<set>(?:[^;]|;[^ ])*?(?:letters?|digits?|characters|hyphens?|underscores?|\([^)]\))(?:[^;]|;[^ ])*?)(?P<next>\.$|\.\s|$|,? and (?:cannot|must|can|is|has)|, but )",
        read: |hit| {
            // What must be in a text is not all that may be.
            const SOME: [&str; 6] = ["one ", "two ", "three ", "a ", "an ", "some "];
            let whole = hit.whole().to_lowercase();
            let is_must =
                whole.starts_with("must contain ") || whole.starts_with("should contain ");
            // "At most 9 characters, including letters": some of them. Who names signs one by one names all.
            let is_including = whole.starts_with("including ") && !whole.contains(" only ");
            let names_signs = signs::are_in(&classes(hit.group("set")));
            let set = hit.group("set").to_lowercase();
            let is_some = is_including && !names_signs
                || is_must && SOME.iter().any(|word| set.starts_with(word));
            // "It can contain capitals": that alone forbids nothing else.
            const CLOSED: [&str; 4] = ["only", "consist", "composed", "made up"];
            let is_closed = CLOSED.iter().any(|word| whole.contains(word));
            let is_some =
                is_some || whole.starts_with("can ") && !is_closed && !names_several(&set);
            let before = hit.before.trim_end().to_lowercase();
            let is_of_one = ["first character", "last character", "first one", "last one"];
            let is_of_one = is_of_one.iter().any(|one| before.ends_with(one));
            (!is_some && !is_of_one)
                .then(|| charset(hit.group("set")))
                .flatten()
        },
    },
    Rule {
        name: "en.only-these",
        language: En,
        meaning: "these characters only, without a verb",
        cues: &["only "],
        pattern: r"(?:^|[,:;] )(?:and )?only (?P<set>(?:(?:uppercase|lowercase|english) )?(?:letters|digits)[^;]*?)(?P<next>,? (?:and )?(?:start|begin)(?:n?ing|s)? with| (?:are|is) (?:accepted|allowed|permitted|supported)\b|, (?:between|from|at (?:most|least)|up to|no more than|[0-9])|\.$|\.\s|;|$)",
        read: |hit| charset(hit.group("set")),
    },
];

/// Whether a list has more than one entry, or says that others are left out.
fn names_several(set: &str) -> bool {
    let parts = [
        "、", ",", "和", "及", "与", "或", "/", " and ", " or ", "~", "-", "(",
    ];
    parts.iter().any(|part| set.contains(part))
}

static PRINTED: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r#"\\u(?P<han>4[eE]00)\s*-\s*\\u(?P<han_end>9[fF][a-fA-F0-9]{2})|(?P<from>[A-Za-z0-9])\s*[-~]\s*(?P<to>[A-Za-z0-9])\b"#,
        r#"|\((?P<one>[^A-Za-z0-9\p{Han}\s()]|\s)\)|"(?P<quoted>[^"]{1,40})"|'(?P<single>[^']{1,40})'"#,
        r#"|(?:特殊(?:字符|符号)|(?:special|following) characters?|extended character set|扩展字符集)\s*:?\s*(?P<run>[^A-Za-z0-9\p{Han}\s"'(、][^A-Za-z0-9\p{Han}\s、]{3,60})"#,
        r#"|(?:特殊(?:字符|符号)|(?:special|following) characters?)\s*:?\s*(?P<bare>[^A-Za-z0-9\p{Han}\s()"'、]{2,40})"#,
        r#"|\((?P<several>[^A-Za-z0-9\p{Han}()]{2,60}(?:[()][^A-Za-z0-9\p{Han}()]*)*?)\)"#
    ))
});

pub(super) static SPECIAL: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r"特殊(?:字符|符号)|special characters?|extended character set|扩展字符集")
});

/// "Lowercase letters a to f" are some of them.
fn with_ends(text: &str) -> String {
    static ENDS: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i:(?:(?:lowercase|uppercase|english) )?letters? (?:from )?)(?P<from>[A-Za-z]) (?:to|through) (?P<to>[A-Za-z])\b",
        )
    });
    let Some(found) = ENDS.captures(text) else {
        return text.to_owned();
    };
    let whole = found
        .get(0)
        .map_or(0..0, |whole| whole.start()..whole.end());
    let range = format!("{}-{}", &found["from"], &found["to"]);
    [&text[..whole.start], &range, &text[whole.end..]].concat()
}

/// The characters that a list of their names and samples allows.
pub(super) fn charset(text: &str) -> Option<Heard> {
    let text = &with_ends(&signs::without_edges(text));
    let classes = classes(text);
    // "Letters in UTF-8 format" are those of all scripts, of which there is no list.
    if signs::are_of_any_script(text) {
        let remark = Constraint::Other("letters of any script".to_owned());
        return Some(remark.into());
    }
    if signs::are_cut(text) {
        let remark = Constraint::Other("signs of which not all are told".to_owned());
        return Some(remark.into());
    }
    let is_order = text.contains("顺序") || text.contains("order");
    let marks = |class: &CharClass| matches!(class, CharClass::One(_));
    // One mark alone is part of something: "a UUID, including hyphens (-)".
    let is_a_part = classes.len() < 2 && classes.iter().all(marks);
    // Special characters that are not listed may be any.
    let special = SPECIAL.find(text).map(|found| &text[found.start()..]);
    // "_-.等特殊字符": they stand before those words.
    let are_before = text.contains("等特殊") && !signs::running_on(text).is_empty();
    let is_open = !are_before && special.is_some_and(|rest| self::classes(rest).is_empty());
    // "A3, A4, or LETTER": a value, and no word for characters.
    let are_values = VALUES.is_match(text);
    // "zh-cn (中文)": what is in brackets tells what a value means.
    let is_gloss = GLOSSED.is_match(text);
    (!is_a_part && !is_order && !is_open && !is_gloss && !are_values)
        .then(|| Constraint::Charset(classes).into())
}

static VALUES: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"\b(?:LETTER|DIGIT|NUMBER|CHARACTER|HYPHEN|PERIOD|SPACE)S?\b"));

static GLOSSED: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"[a-z]{2,}[A-Za-z0-9_-]*\s*\((?:中文|英文|汉字|数字|字母)\)"));

/// The ranges and signs of a list in which slashes or commas part them.
fn ranges(set: &str) -> Option<Heard> {
    let pieces = set.split(['/', ',', '、']).map(str::trim);
    let class = |piece: &str| {
        let mut signs = piece.chars();
        match (signs.next(), signs.next(), signs.next(), signs.next()) {
            (Some(from), Some('-'), Some(to), None) => Some(CharClass::Range(from, to)),
            (Some(sign), None, None, None) => Some(CharClass::One(sign)),
            _ => None,
        }
    };
    let classes: Option<Vec<CharClass>> = pieces.map(class).collect();
    Some(Constraint::Charset(classes?).into())
}

fn digits() -> Option<Constraint> {
    let classes = classes("数字");
    (!classes.is_empty()).then_some(Constraint::Charset(classes))
}

fn exactly(number: u64) -> Constraint {
    Constraint::Length {
        min: Some(number),
        max: Some(number),
        unit: Unit::Characters,
    }
}

/// Names and samples in the order in which they stand.
pub(super) fn classes(text: &str) -> Vec<CharClass> {
    let mut classes: Vec<CharClass> = Vec::new();
    for (_, class) in placed(text) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}

/// The same with their places.
pub(super) fn placed(text: &str) -> Vec<(usize, CharClass)> {
    let mut placed: Vec<(usize, CharClass)> = named(&text.to_lowercase());
    for found in PRINTED.captures_iter(text) {
        let at = found.get(0).map_or(0, |whole| whole.start());
        let group = |name| found.name(name).map(|text| text.as_str());
        let first = |name| group(name).and_then(|text| text.chars().next());
        let code = |name| char::from_u32(u32::from_str_radix(group(name)?, 16).ok()?);
        if let (Some(from), Some(to)) = (code("han"), code("han_end")) {
            placed.push((at, CharClass::Range(from, to)));
        } else if let (Some(from), Some(to)) = (first("from"), first("to")) {
            // "UTF-8" is no range.
            if from.is_ascii_digit() == to.is_ascii_digit() {
                placed.push((at, CharClass::Range(from, to)));
            }
        } else {
            let samples = group("one").or(group("quoted")).or(group("single"));
            let samples = samples.or(group("several")).or(group("bare"));
            let samples = samples.or(found.name("run").map(|run| signs::without_stop(text, run)));
            let samples = samples.unwrap_or("");
            let marks = samples
                .chars()
                .filter(|c| !c.is_whitespace() || samples.len() == 1);
            placed.extend(marks.map(|mark| (at, CharClass::One(mark))));
        }
    }
    placed.extend(signs::between_words(text));
    placed.extend(signs::apart(text));
    placed.extend(signs::running_on(text));
    // A printed range of Chinese characters says more exactly what their names say.
    if text.contains("\\u4") {
        placed.retain(|(_, class)| *class != CharClass::Chinese);
    }
    placed.sort_by_key(|(at, _)| *at);
    placed
}

/// How the text begins or ends, as a regular expression.
fn edge(hit: &Hit, negated: bool) -> Option<Heard> {
    let first = matches!(hit.group("end"), "开头" | "开始")
        || matches!(hit.group("end").to_lowercase().as_str(), "start" | "begin");
    if let Some(words) = words(hit.group("set")) {
        let pattern = match (negated, words.contains('|')) {
            (true, _) => format!("^(?!{words})"),
            (false, true) => format!("^(?:{words})"),
            (false, false) => format!("^{words}"),
        };
        let pattern = match (first, negated) {
            (true, _) => pattern,
            (false, false) => format!("(?:{words})$"),
            (false, true) => return None,
        };
        return Some(Constraint::Pattern(pattern).into());
    }
    let mut classes = classes(hit.group("set"));
    // "不能以-结束": a sign that stands alone.
    let mut signs = hit.group("set").trim().chars();
    if let (true, Some(sign), None) = (classes.is_empty(), signs.next(), signs.next())
        && sign.is_ascii_punctuation()
    {
        classes.push(CharClass::One(sign));
    }
    if classes.is_empty() {
        return None;
    }
    let set: String = classes.iter().map(in_brackets).collect();
    let set = format!("[{}{set}]", if negated { "^" } else { "" });
    let pattern = match (first, hit.group("both").is_empty()) {
        (true, true) => format!("^{set}"),
        (true, false) => format!("^{set}(.*{set})?$"),
        (false, _) => format!("{set}$"),
    };
    Some(Constraint::Pattern(pattern).into())
}

fn in_brackets(class: &CharClass) -> String {
    match class {
        CharClass::Chinese => r"\u4e00-\u9fff".to_owned(),
        CharClass::Range(from, to) => format!("{from}-{to}"),
        CharClass::One(c) if matches!(c, '\\' | ']' | '[' | '^' | '-') => format!("\\{c}"),
        CharClass::One(c) => c.to_string(),
    }
}

/// A quoted word, or one that is an address's beginning, is itself and not a set of characters.
static WORD: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"^\s*(?:"([^"\p{Han}]{2,40})"|((?:[a-z]{2,8}://)|/[A-Za-z0-9_.-]{1,40}/?|\.[A-Za-z0-9]{2,5}|_[A-Za-z0-9][A-Za-z0-9_]*|[A-Za-z0-9]+_[A-Za-z0-9_]*))\s*$"#,
    )
});

/// The words that a list consists of, as alternatives of a regular expression.
fn words(list: &str) -> Option<String> {
    let list = list.replace("或者", "或").replace(" or ", "或");
    let pieces = list.split(['或', '、']).map(|piece| {
        let word = WORD.captures(piece)?;
        let word = word.get(1).or(word.get(2))?;
        Some(regex::escape(word.as_str()))
    });
    let pieces: Option<Vec<String>> = pieces.collect();
    pieces.map(|pieces| pieces.join("|"))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.starts-not-with",
        "String",
        "灯名，不能以-结束。",
        "pattern [^\\-]$",
    ),
    (
        "zh.charset-of-range",
        "String",
        "灯的路径。取值范围：英文字母、数字、下划线、斜杠，长度最多50个字符。",
        "charset a-z A-Z 0-9 '_' '/'\nlength ..=50 characters",
    ),
    (
        "en.charset-allowed",
        "String",
        "The code of the lamp. Only digits and lowercase letters a to f are allowed.",
        "charset 0-9 a-f",
    ),
    (
        "en.charset-allowed",
        "String",
        "The name. Letters, digits, underscores (_), and hyphens (-) are allowed.",
        "charset a-z A-Z 0-9 '_' '-'",
    ),
    (
        "en.no-outer-blanks",
        "String",
        "The words on the lamp. They must neither begin nor end with a blank.",
        "pattern ^[^ ](.*[^ ])?$",
    ),
    (
        "en.no-outer-blanks",
        "String",
        "New words, 3 to 30 characters long, without a space at either end.",
        "length 3..=30 characters\npattern ^[^ ](.*[^ ])?$",
    ),
    (
        "en.only-these",
        "String",
        "Who keeps the lamp. Only letters and digits, between 2 and 30 characters.",
        "charset a-z A-Z 0-9\nlength 2..=30 characters",
    ),
    (
        "en.starts-not-with",
        "String",
        "The lamp's name. It cannot start with a period or hyphen or end with a period.",
        "pattern ^[^.\\-]\npattern [^.]$",
    ),
    (
        "en.charset",
        "String",
        "The value can contain letters, digits, slashes (/), and the extended character set _~!*[]@",
        "charset a-z A-Z 0-9 '/' '_' '~' '!' '*' '[' ']' '@'",
    ),
    (
        "zh.starts-with",
        "String",
        "灯图的文件名，必须以.svg或.png结尾。",
        "pattern (?:\\.svg|\\.png)$",
    ),
    (
        "en.starts-with",
        "String",
        "The file with the picture. It must end with .svg.",
        "pattern (?:\\.svg)$",
    ),
    (
        "en.no-outer-blanks",
        "String",
        "The lamp's name. Leading and trailing blanks are not allowed.",
        "pattern ^[^ ](.*[^ ])?$",
    ),
    (
        "en.only-these",
        "String",
        "The rules are those of lamps: only letters, digits, and hyphens (-), beginning with a letter.",
        "charset a-z A-Z 0-9 '-'\npattern ^[a-zA-Z]",
    ),
    (
        "zh.not-the-name",
        "String",
        "灯室密码，不能与用户名或倒序的用户名相同。",
        "other: not the user's name",
    ),
    (
        "zh.not-the-name",
        "String",
        "口令必须包含大写字母、小写字母和数字中的两种，口令不能包含用户名。",
        "2 of A-Z | a-z | 0-9\nother: not the user's name",
    ),
    (
        "en.only-protocol",
        "String",
        "Where to call, an address. Only HTTPS is supported.",
        "pattern ^https://",
    ),
    (
        "en.only-protocol",
        "String",
        "Where to call. It must be an HTTPS URL.",
        "pattern ^https://",
    ),
    (
        "zh.only-protocol",
        "String",
        "灯单地址，仅支持HTTPS协议。",
        "pattern ^https://",
    ),
    (
        "zh.charset-of-length",
        "String",
        "灯名，支持1-80位的中文、英文字母、数字、下划线。",
        "length 1..=80 characters\ncharset Chinese a-z A-Z 0-9 '_'",
    ),
    (
        "zh.charset-contains",
        "String",
        "可使用UTF-8格式表示的字母、数字，以及以下字符: _ . : /。",
        "charset a-z A-Z 0-9 '_' '.' ':' '/'",
    ),
    (
        "zh.charset-contains",
        "String",
        "灯名，只能包含大写字母、数字、-和_，且必须由大写字母或数字开头，名称长度为1-25字符。",
        "charset A-Z 0-9 '-' '_'\npattern ^[A-Z0-9]\nlength 1..=25 characters",
    ),
    (
        "zh.charset-contains",
        "String",
        "只允许数字和大写字母，固定7位。",
        "charset 0-9 A-Z\nlength 7..=7 characters",
    ),
    (
        "zh.charset-ranges",
        "String",
        "灯名，只能包含0-9/a-z/A-Z/_。",
        "charset 0-9 a-z A-Z '_'",
    ),
    (
        "zh.charset-digits",
        "String",
        "灯塔的号，只能是7位数字。",
        "charset 0-9\nlength 7..=7 characters",
    ),
    (
        "zh.starts-with",
        "String",
        "灯号只可以使用小写字母和数字，且以小写字母开头。",
        "charset a-z 0-9\npattern ^[a-z]",
    ),
    (
        "zh.starts-with",
        "String",
        "灯的路径。以“/”开头。",
        "pattern ^[/]",
    ),
    (
        "zh.starts-with",
        "String",
        "灯名由小写字母、数字组成，以小写字母开头，以数字结尾。",
        "charset a-z 0-9\npattern ^[a-z]\npattern [0-9]$",
    ),
    (
        "zh.starts-with",
        "String",
        "以http://或https://开头，长度不超过90字符。",
        "pattern ^(?:http://|https://)\nlength ..=90 characters",
    ),
    (
        "zh.starts-not-with",
        "String",
        "灯名不能以“_lamp_”开头。",
        "pattern ^(?!_lamp_)",
    ),
    (
        "en.starts-with",
        "String",
        "The value must start with http:// or https://.",
        "pattern ^(?:http://|https://)",
    ),
    (
        "zh.charset-contains",
        "String",
        "灯名只能包含大写字母、小写字母、数字、-和_，长度为1到9个字符。",
        "charset A-Z a-z 0-9 '-' '_'\nlength 1..=9 characters",
    ),
    (
        "zh.charset-contains",
        "String",
        "只能包含英文字母、数字和特殊字符：!$&'()*+,-./:;=?@^_`。",
        "charset a-z A-Z 0-9 '!' '$' '&' ''' '(' ')' '*' '+' ',' '-' '.' '/' ':' ';' '=' '?' '@' '^' '_' '`'",
    ),
    (
        "en.starts-with",
        "String",
        "The name must start with a letter and consist of 4 to 64 characters.",
        "pattern ^[a-zA-Z]\nlength 4..=64 characters",
    ),
    (
        "en.charset",
        "String",
        "The name contains only letters, underscores (_), and hyphens (-), and cannot exceed 64 characters.",
        "charset a-z A-Z '_' '-'\nlength ..=64 characters",
    ),
    (
        "zh.prefix-not-allowed",
        "String",
        "灯名不能使用auto_lamp为前缀。",
        "pattern ^(?!auto_lamp)",
    ),
    (
        "en.charset",
        "String",
        "The value can contain only letters and special characters _-.",
        "charset a-z A-Z '_' '-'",
    ),
    (
        "zh.charset",
        "String",
        r"只能由中文字符、英文字母 (a~z, A~Z)、数字（0~9）、下划线 (\_)、点 (.) 组成",
        "charset Chinese a-z A-Z 0-9 '_' '.'",
    ),
    (
        "zh.charset-contains",
        "String",
        "只能包含小写字母、数字、中划线“-”。",
        "charset a-z 0-9 '-'",
    ),
    (
        "zh.charset-contains",
        "String",
        "只能包含小写字母和数字，长度为2~9个字符。",
        "charset a-z 0-9\nlength 2..=9 characters",
    ),
    ("zh.charset-digits", "String", "必须为数字。", "charset 0-9"),
    (
        "zh.not-the-name",
        "String",
        "口令不能包含用户名或用户名的逆序。",
        "other: not the user's name",
    ),
    (
        "zh.charset-contains",
        "Object",
        "键。最大长度9个字符。可以为小写字母(a-z)和冒号(:)。",
        "key: length ..=9 characters\nkey: charset a-z ':'",
    ),
    (
        "zh.charset-label",
        "String",
        r"字符集：A-Z, 0-9, '-', UNICODE字符（\u4E00-\u9FFF）",
        "charset A-Z 0-9 '-' 一-鿿",
    ),
    (
        "zh.starts-not-with",
        "String",
        "灯名不能以“.”开头",
        "pattern ^[^.]",
    ),
    (
        "zh.starts-with",
        "String",
        "灯名必须以字母开头",
        "pattern ^[a-zA-Z]",
    ),
    (
        "en.not-the-name",
        "String",
        "The word cannot contain the username or the username in reverse.",
        "other: not the user's name",
    ),
    (
        "en.starts-not-with",
        "String",
        "The lamp cannot start with a period (.).",
        "pattern ^[^.]",
    ),
    (
        "en.starts-with",
        "String",
        "It has 3 to 9 characters, starts with a letter, and consists of letters and digits.",
        "length 3..=9 characters\npattern ^[a-zA-Z]\ncharset a-z A-Z 0-9",
    ),
    (
        "en.starts-with",
        "String",
        "It must start with a letter.",
        "pattern ^[a-zA-Z]",
    ),
    (
        "en.charset-allowed",
        "String",
        "Only digits and hyphens (-) are allowed.",
        "charset 0-9 '-'",
    ),
    (
        "en.charset-consisting",
        "String",
        "The value can contain 1 to 9 characters, consisting of digits and hyphens (-).",
        "length 1..=9 characters\ncharset 0-9 '-'",
    ),
    (
        "en.charset",
        "String",
        "It can contain only letters, digits, and underscores (_).",
        "charset a-z A-Z 0-9 '_'",
    ),
    (
        "en.charset-consisting",
        "String",
        "Holds 1 to 9 characters, consisting of lowercase letters, periods (.), and colons (:).",
        "length 1..=9 characters\ncharset a-z '.' ':'",
    ),
];
