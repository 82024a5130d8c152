//! The general words by which tables, notes and code are recognised.
//!
//! What a column means is the business of `extract`; here a word only says "this is a header cell".

/// Header cells that documents of this kind use. Lower case, English and Chinese.
const HEADER_WORDS: &[&str] = &[
    "action",
    "api",
    "attribute",
    "code",
    "constraint",
    "constraints",
    "default",
    "default value",
    "description",
    "error code",
    "error codes",
    "error message",
    "example",
    "example value",
    "field",
    "header",
    "http status code",
    "in",
    "location",
    "mandatory",
    "mandatory (yes/no)",
    "meaning",
    "measure",
    "method",
    "name",
    "operation",
    "optional",
    "parameter",
    "parameter type",
    "parameters",
    "permission",
    "processing method",
    "property",
    "range",
    "reference",
    "remarks",
    "required",
    "response code",
    "returned value",
    "returned values",
    "scenario",
    "solution",
    "state",
    "status",
    "status code",
    "subtype",
    "type",
    "unit",
    "uri",
    "url",
    "value",
    "value range",
    "version",
    "api版本",
    "uri",
    "参数",
    "参数名",
    "参数名称",
    "参数类型",
    "取值",
    "取值范围",
    "单位",
    "名称",
    "含义",
    "处理措施",
    "备注",
    "子类型",
    "字段",
    "属性",
    "描述",
    "授权项",
    "操作",
    "方法",
    "是否必选",
    "是否必填",
    "状态",
    "状态码",
    "版本",
    "类型",
    "约束",
    "示例",
    "权限",
    "说明",
    "返回值",
    "错误信息",
    "错误码",
    "默认值",
    "数据类型",
    "使用限制",
];

/// The first words of a cell that names a kind.
const KIND_WORDS: &[&str] = &[
    "any",
    "array",
    "arrays",
    "bool",
    "boolean",
    "byte",
    "date",
    "datetime",
    "decimal",
    "dict",
    "dictionary",
    "double",
    "enum",
    "file",
    "float",
    "int",
    "int32",
    "int64",
    "integer",
    "json",
    "list",
    "long",
    "map",
    "null",
    "number",
    "object",
    "set",
    "short",
    "str",
    "string",
    "timestamp",
    "uuid",
    "字典",
    "字符串",
    "布尔",
    "对象",
    "数组",
    "整数",
    "整型",
    "列表",
];

/// Cells that say whether a parameter must be given.
const PRESENCE_WORDS: &[&str] = &[
    "yes",
    "no",
    "y",
    "n",
    "mandatory",
    "optional",
    "required",
    "true",
    "false",
    "conditional",
    "是",
    "否",
    "必选",
    "可选",
];

/// What stands where there is nothing to say.
const NOTHING_WORDS: &[&str] = &["none", "n/a", "na", "-", "null", "无", "不涉及", "暂无"];

/// Marks after which the text is a remark.
const NOTE_MARKS: &[&str] = &[
    "说明", "注意", "须知", "备注", "NOTE", "NOTICE", "CAUTION", "Note", "Notice", "Caution",
];

/// Words of which the headings of an operation's page are made.
const HEADING_WORDS: &[&str] = &[
    "body",
    "calling",
    "code",
    "codes",
    "constraint",
    "constraints",
    "description",
    "error",
    "example",
    "examples",
    "format",
    "function",
    "functions",
    "header",
    "headers",
    "introduction",
    "limits",
    "message",
    "method",
    "overview",
    "parameter",
    "parameters",
    "permission",
    "permissions",
    "prerequisites",
    "query",
    "request",
    "requests",
    "response",
    "responses",
    "restrictions",
    "return",
    "returned",
    "sample",
    "scenario",
    "status",
    "syntax",
    "uri",
    "url",
    "usage",
    "value",
    "values",
    "path",
    "authorization",
    "information",
];

/// How the lines begin that help sites put around a page, in lower case.
const FURNITURE: &[&str] = &[
    "we use cookies",
    "this site uses cookies",
    "was this page helpful",
    "is this page helpful",
    "submit selected content",
    "provide feedback",
    "parent topic:",
    "previous topic",
    "next topic",
    "copyright ©",
    "©",
    "all rights reserved",
    "on this page",
    "view pdf",
    "本页内容",
    "意见反馈",
    "文档是否有解决您的问题",
    "父主题",
    "上一篇",
    "下一篇",
    "版权所有",
];

/// Whole lines that help sites put around a page, in lower case.
const FURNITURE_LINES: &[&str] = &["feedback", "selected content", "share", "反馈", "分享"];

const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"];

fn known(list: &[&str], text: &str) -> bool {
    list.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether this cell belongs into a header.
pub(super) fn is_header_word(text: &str) -> bool {
    let word = text.trim();
    // Most short lines are of code, and begin with a sign.
    text.len() <= 40 && word.starts_with(char::is_alphanumeric) && known(HEADER_WORDS, word)
}

/// Whether this cell names a kind: `String`, `Array of objects`, `Map<String, Object>`.
pub(super) fn is_kind(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 60
        || text.ends_with(['.', '。', ':', '：'])
        || text.split_whitespace().count() > 5
    {
        return false;
    }
    if is_named_object(text) {
        return true;
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let word = &text[..end];
    let rest = text[end..].trim_start();
    let plausible = rest.is_empty()
        || rest.starts_with(['<', '[', '(', '（'])
        || known(
            &["of", "array", "list", "object", "objects", "type"],
            rest.split([' ', '<', '[']).next().unwrap_or(""),
        );
    let singular = word.trim_end_matches(['s', 'S']);
    plausible && (known(KIND_WORDS, word) || known(KIND_WORDS, singular))
}

/// `Lamp object`: a kind that names its structure.
fn is_named_object(text: &str) -> bool {
    let is_name = |name: &str| {
        let odd = |byte: u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        !name.bytes().any(odd)
    };
    let named = text.rsplit_once(' ');
    named.is_some_and(|(name, last)| is_name(name) && matches!(last, "object" | "objects"))
}

/// Whether this cell says if a parameter must be given.
pub(super) fn is_presence(text: &str) -> bool {
    text.len() <= 12 && known(PRESENCE_WORDS, text.trim())
}

/// Whether this line says that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    known(NOTHING_WORDS, text.trim().trim_end_matches(['.', '。']))
}

/// Words for how a call went, below which its status stands.
const OUTCOMES: &[&str] = &[
    "正常",
    "正常返回值",
    "异常",
    "异常返回值",
    "返回值",
    "状态码",
    "normal",
    "normal values",
    "abnormal",
    "returned value",
    "returned values",
    "status code",
    "status codes",
];

/// Whether a line is the label of a status, perhaps as an item.
pub(super) fn is_outcome(line: &str) -> bool {
    let words = line.trim_start_matches(['-', '*', '•', '#', ' ']);
    known(OUTCOMES, words.trim_end_matches([':', '：', '*', ' ']))
}

/// Whether a line is nothing but what help sites call a button.
pub(super) fn is_button(line: &str) -> bool {
    known(FURNITURE_LINES, line.trim())
}

/// Whether a line belongs to the site around a page: a footer, a button, a counter of typed characters.
pub(super) fn is_page_furniture(text: &str) -> bool {
    let begin: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    let counter = text.strip_prefix("0/").is_some_and(|most| {
        !most.is_empty() && most.len() <= 5 && most.bytes().all(|b| b.is_ascii_digit())
    });
    counter || is_button(text) || FURNITURE.iter().any(|words| begin.starts_with(words))
}

/// Chinese titles of the sections of an operation's page.
const CHINESE_TITLES: &[&str] = &[
    "功能介绍",
    "功能说明",
    "接口约束",
    "约束与限制",
    "授权信息",
    "请求消息",
    "请求参数",
    "请求示例",
    "请求样例",
    "响应消息",
    "响应参数",
    "响应示例",
    "响应样例",
    "返回值",
    "返回参数",
    "状态码",
    "错误码",
];

/// Whether a short line of a web page is made of the words that head its sections.
pub(super) fn is_section_title(text: &str) -> bool {
    if CHINESE_TITLES.contains(&text) || is_status_title(text) {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    capital
        && !words.is_empty()
        && words.len() <= 5
        && words.iter().all(|word| known(HEADING_WORDS, word))
}

/// `Status code: 201`, which heads what is answered then.
fn is_status_title(text: &str) -> bool {
    let parts = text.split_once([':', '：']);
    parts.is_some_and(|(label, status)| {
        let label = label.trim().to_lowercase();
        let status = status.trim();
        let is_label = label == "状态码" || label == "status code";
        is_label && status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a line says of which structure the table below it gives the members.
pub(super) fn names_a_structure(text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = [
        "parameters in",
        "parameters of",
        " field",
        " structure",
        " object",
        "字段",
        "结构",
    ];
    // "Parameters" alone says which side; with a name before it, whose they are.
    let of_name = lower.contains("参数") && lower.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_label = width(text) <= 80 && !ends_a_sentence(text);
    is_label && (of_name || says.iter().any(|words| lower.contains(words)))
}

/// Whether a line sends its reader elsewhere, to a table by its number or to another page: no title does.
pub(super) fn refers(text: &str) -> bool {
    const POINTERS: [&str; 10] = [
        "请参考",
        "请参见",
        "请参阅",
        "请参照",
        "参见",
        "详见",
        "请见",
        "见表",
        "See ",
        "Refer to ",
    ];
    let numbers_a_table = || {
        let words = ["表", "Table ", "table "];
        let places = words.iter().flat_map(|word| text.match_indices(word));
        places.into_iter().any(|(at, word)| {
            let after = text[at + word.len()..].trim_start();
            after.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    POINTERS.iter().any(|word| text.starts_with(word)) || numbers_a_table()
}

/// Whether a line says of which side the example right below it is: "The request body when the lamp is lit".
pub(super) fn introduces_code(text: &str) -> bool {
    const SIDES: [&str; 4] = ["请求", "响应", "request", "response"];
    const SHOWN: [&str; 7] = ["体", "示例", "样例", "举例", "body", "example", "sample"];
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    !is_section_title(text) && says(&SIDES) && says(&SHOWN)
}

/// Whether a line may be the title of what a caption right below it shows. Other lines there introduce the table.
pub(super) fn titles_a_caption(text: &str) -> bool {
    is_section_title(text) || names_a_structure(text)
}

/// The text after a mark like `NOTE:` that opens the line, or the line when it is nothing but the mark.
pub(super) fn after_note_mark(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = bare.as_bytes().first();
    // To look at one byte is no call.
    let may_be = |mark: &&&str| mark.as_bytes().first() == first;
    NOTE_MARKS.iter().filter(may_be).find_map(|mark| {
        let rest = bare.strip_prefix(mark)?;
        let after = rest.trim_start_matches(['*', '_', ' ']);
        let marked = after.is_empty() || after.starts_with([':', '：']);
        marked.then(|| after.trim_start_matches([':', '：']).trim())
    })
}

/// Where a note begins inside of running text, whose blanks are single ones: before the mark, after
/// the mark.
pub(super) fn split_at_note(text: &str) -> Option<(&str, &str)> {
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    let (at, mark) = std::iter::once(0)
        .chain(starts)
        .find_map(|at| Some((at, note_mark(&text[at..])?)))?;
    let after = text[at + mark.len()..]
        .trim_start()
        .trim_start_matches([':', '：']);
    Some((text[..at].trim(), after.trim()))
}

/// The mark that a text starts with. It stands apart: a blank, a colon or nothing follows.
fn note_mark(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first();
    let is_apart = |mark: &&str| {
        // To look at one byte is no call.
        if mark.as_bytes().first() != first {
            return false;
        }
        let after = text.strip_prefix(*mark).map(|rest| rest.chars().next());
        after.is_some_and(|next| next.is_none_or(|c| c.is_whitespace() || c == ':' || c == '：'))
    };
    NOTE_MARKS.iter().copied().find(is_apart)
}

/// The HTTP method that opens a line, with what follows it.
pub(super) fn after_method(text: &str) -> Option<(&'static str, &str)> {
    METHODS.iter().find_map(|method| {
        let rest = text.strip_prefix(method)?;
        rest.starts_with([' ', '\t'])
            .then(|| (*method, rest.trim_start()))
    })
}

/// Whether a text ends like a sentence or an introduction, so that it is no title.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with([
        '.', '。', ';', '；', ':', '：', ',', '，', '!', '！', '?', '？', '、', '|',
    ])
}

/// Columns that a text takes on paper: two for a wide character.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
        .sum()
}
