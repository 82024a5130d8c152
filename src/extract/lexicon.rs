//! The words that documents use for what they lay out: columns, sections, yes and no.
//!
//! General vocabulary in two languages, no word of any one service. Main entries: [`column`],
//! [`section`], [`yes_or_no`]. Kinds have a grammar of their own, in [`super::kinds`].

use hashbrown::HashMap;
use std::sync::LazyLock;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name of a field.
    Name,
    /// Its kind.
    Kind,
    /// Whether it must be there.
    Mandatory,
    /// What it means.
    Description,
    /// Which values it may have.
    Range,
    /// What holds when it is left out.
    Default,
    /// An HTTP status.
    Status,
    /// A code or status that the server returns; the cells tell which.
    Returned,
    /// An error code.
    Code,
    /// A path, often with its method.
    Uri,
    /// How often something may be called.
    Limit,
    /// What a permission is called.
    Permission,
    /// The action that a permission allows.
    Action,
    /// Actions that an action does not work without.
    Dependency,
    /// Anything else.
    Other,
}

/// What a part of a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Before the first section, or under a heading nobody knows.
    Other,
    /// What the operation does.
    Function,
    /// What must hold before or after.
    Constraints,
    /// Method and path.
    Uri,
    /// Parameters in the path.
    PathParameters,
    /// Parameters in the query.
    QueryParameters,
    /// Parameters in the header.
    HeaderParameters,
    /// What is sent.
    Request,
    /// What comes back when it works.
    Response,
    /// What comes back when it does not.
    Failure,
    /// A request as it is sent.
    RequestExample,
    /// An answer as it comes back.
    ResponseExample,
    /// An answer of an operation that failed.
    FailureExample,
    /// An example whose side only its content tells.
    Example,
    /// The statuses of success.
    Statuses,
    /// The codes of errors.
    ErrorCodes,
    /// A remark inside any other section.
    Note,
}

impl Section {
    /// Whether sentences that stand here, outside of tables, may promise something.
    pub fn holds_promises(self) -> bool {
        match self {
            Section::Function
            | Section::Constraints
            | Section::Uri
            | Section::PathParameters
            | Section::QueryParameters
            | Section::HeaderParameters
            | Section::Request
            | Section::Response
            | Section::Note => true,
            Section::Other
            | Section::Failure
            | Section::RequestExample
            | Section::ResponseExample
            | Section::FailureExample
            | Section::Example
            | Section::Statuses
            | Section::ErrorCodes => false,
        }
    }

    /// Whether what stands here is shown, not promised.
    pub fn is_example(self) -> bool {
        matches!(
            self,
            Section::RequestExample
                | Section::ResponseExample
                | Section::FailureExample
                | Section::Example
        )
    }
}

/// Meanings and the words for each, parted by bars.
type Words<T> = &'static [(T, &'static str)];

const COLUMNS: Words<Column> = &[
    (
        Column::Name,
        "名称 | 属性 | 参数 | 参数名 | 参数名称 | 字段 | 字段名 | 字段名称 | 元素 |\
         parameter | name | field | attribute | property | element | parameter name |\
         field name | key",
    ),
    (
        Column::Kind,
        "参数类型 | 类型 | 数据类型 | 字段类型 | 取值类型 | type | data type |\
         parameter type | value type",
    ),
    (
        Column::Mandatory,
        "是否必选 | 必选 | 是否必须 | 必须 | 是否必填 | 必填 | 必选/可选 | 是否为必选 |\
         mandatory | required | optional | mandatory (yes/no) | is mandatory |\
         mandatory or optional | required/optional",
    ),
    (
        Column::Description,
        "描述 | 说明 | 参数说明 | 参数描述 | 备注 | 含义 | 解释 | 约束 | description |\
         meaning | remarks | remark | explanation | notes | note | constraint |\
         constraints",
    ),
    (
        Column::Range,
        "取值范围 | 参数范围 | 参数取值范围 | 值范围 | 可选值 | 枚举值 | value range | range |\
         valid range | range of values | options | value options | valid values |\
         allowed values | possible values | available values",
    ),
    (
        Column::Default,
        "默认值 | 默认取值 | 缺省值 | default | default value",
    ),
    (
        Column::Status,
        "http状态码 | 状态码 | 正常状态码 | 错误状态码 | http状态 | http status code |\
         status code | http code | http status | status codes | normal status code",
    ),
    (
        Column::Returned,
        "返回值 | 返回码 | returned value | returned values | return value | return code",
    ),
    (
        Column::Code,
        "错误码 | 错误代码 | error code | error codes | errorcode",
    ),
    (
        Column::Uri,
        "uri | url | 接口 | 对应api接口 | 对应的api接口 | api | path | method and uri |\
         request uri",
    ),
    (
        Column::Limit,
        "使用限制 | 流控 | 流量控制 | 限制 | 调用频率 | limit | limits | rate limit |\
         restriction | restrictions | usage restrictions | request limit | throttling",
    ),
    (
        Column::Permission,
        "权限 | 权限名称 | permission | permissions",
    ),
    (
        Column::Action,
        "授权项 | 授权项(action) | action | actions | authorization",
    ),
    (
        Column::Dependency,
        "依赖的授权项 | 依赖授权项 | dependent action | dependent actions | dependencies |\
         related action | related actions | dependency",
    ),
];

const SECTIONS: Words<Section> = &[
    (
        Section::Function,
        "功能介绍 | 功能 | 功能说明 | 接口功能 | 接口描述 | 背景信息 | 接口相关信息 |\
         使用场景 | function | functions | overview of this api | introduction |\
         description | scenario",
    ),
    (
        Section::Constraints,
        "约束 | 接口约束 | 约束与限制 | 约束限制 | 限制 | 使用约束 | 使用限制 | 前提条件 |\
         约束条件 | 注意事项 | constraint | constraints | restriction | restrictions |\
         limitations | limitation | prerequisite | prerequisites | notes | precautions |\
         使用须知 | 使用说明 | 接口说明",
    ),
    (
        Section::Uri,
        "uri | url | uri格式 | 请求uri | 接口uri | request uri | uri format | path |\
         endpoint | request line",
    ),
    (
        Section::PathParameters,
        "路径参数 | uri参数 | path parameter | path parameters | uri parameters",
    ),
    (
        Section::QueryParameters,
        "查询参数 | query参数 | query parameter | query parameters | uri query parameters",
    ),
    (
        Section::HeaderParameters,
        "请求头参数 | 请求header参数 | 请求消息头 | 请求头 | header parameters |\
         request header parameters | request headers | request header",
    ),
    (
        Section::Request,
        "请求 | 请求消息 | 请求参数 | 请求体参数 | 请求body参数 | 请求消息体 | 请求体 |\
         请求包体 | 请求要素 | 请求信息 | 请求参数说明 | 输入参数 | 入参 | 入参说明 | request |\
         requests | request information | input parameter | input parameters |\
         parameters in the request | request message | request parameter | request parameters |\
         request body | request body parameters | request body parameter |\
         body parameters | parameters",
    ),
    (
        Section::Response,
        "响应 | 响应消息 | 响应参数 | 响应体参数 | 响应body参数 | 响应消息体 | 响应体 |\
         返回参数 | 返回消息 | 返回 | 返回体 | 返回信息 | 返回参数说明 | 响应要素 |\
         响应信息 | 响应参数说明 | 输出参数 | 出参 | 出参说明 | 正常响应 | 正常响应要素 | 正常响应参数 | 正常响应要素说明 |\
         response | responses | response information | output parameter | output parameters |\
         parameters in the response | return parameters | response message | response parameter | response parameters |\
         response body | response body parameters | normal response |\
         normal response elements | elements in a normal response | returned parameters",
    ),
    (
        Section::Failure,
        "异常响应 | 异常响应要素 | 异常响应参数 | 异常响应要素说明 | 错误响应 |\
         abnormal response | abnormal response elements | error response |\
         error response parameters | elements in an abnormal response",
    ),
    (
        Section::RequestExample,
        "请求样例 | 请求示例 | 请求举例 | 请求消息样例 | example request |\
         example requests | request example | request examples | sample request |\
         request sample",
    ),
    (
        Section::ResponseExample,
        "响应样例 | 响应示例 | 返回样例 | 返回示例 | 响应举例 | 正常响应样例 |\
         正常响应示例 | example response | example responses | response example |\
         response examples | sample response | response sample",
    ),
    (
        Section::FailureExample,
        "异常响应样例 | 异常响应示例 | 错误响应示例 | example error response |\
         example abnormal response",
    ),
    (
        Section::Example,
        "样例 | 示例 | 举例 | example | examples | sample | samples",
    ),
    (
        Section::Statuses,
        "返回值 | 状态码 | 正常 | 正常返回值 | 通用请求返回值 | 返回码 | status code |\
         status codes | returned value | returned values | normal values | normal value |\
         normal | returned status codes | http status codes",
    ),
    (
        Section::ErrorCodes,
        "错误码 | 错误码说明 | error code | error codes",
    ),
    (
        Section::Note,
        "说明 | 注意 | 须知 | 提示 | 警告 | note | notice | caution | tip | tips |\
         important | warning",
    ),
];

/// What a column under this header holds.
pub fn column(header: &str) -> Column {
    static BY_WORD: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| by_word(COLUMNS));
    known(&BY_WORD, &bare(header)).unwrap_or(Column::Other)
}

/// The section that a heading, or a paragraph of these words alone, opens.
pub fn section(text: &str) -> Option<Section> {
    if text.len() > 80 {
        return None;
    }
    static BY_WORD: LazyLock<HashMap<&str, Section>> = LazyLock::new(|| by_word(SECTIONS));
    let words = bare(text);
    known(&BY_WORD, &words).or_else(|| says_limits(&words).then_some(Section::Constraints))
}

/// Whether a heading speaks of limits and of nothing else: "Constraints and limitations", "usage notes".
fn says_limits(words: &str) -> bool {
    const SORTS: [&str; 12] = [
        "constraint",
        "constraints",
        "restriction",
        "restrictions",
        "limit",
        "limits",
        "limitation",
        "limitations",
        "notes",
        "precautions",
        "prerequisites",
        "requirements",
    ];
    const BESIDE: [&str; 5] = ["and", "or", "usage", "api", "important"];
    const ZH: [&str; 4] = ["约束", "限制", "须知", "前提"];
    const ZH_BESIDE: [&str; 9] = [
        "和", "与", "及", "条件", "使用", "接口", "说明", "注意", "操作",
    ];
    let mut parts = words.split(' ');
    if parts.clone().any(|part| SORTS.contains(&part)) {
        return parts.all(|part| SORTS.contains(&part) || BESIDE.contains(&part));
    }
    let rest = ZH
        .iter()
        .chain(&ZH_BESIDE)
        .fold(words.to_owned(), |rest, word| rest.replace(word, ""));
    rest.is_empty() && ZH.iter().any(|word| words.contains(word))
}

/// What words mean, with or without what stands in brackets behind them and explains:
/// "HTTP 状态码 (十进制)".
fn known<T: Copy>(meanings: &HashMap<&str, T>, words: &str) -> Option<T> {
    let in_short = || words.split_once(['(', '（']).map(|(words, _)| words.trim());
    let meaning = meanings.get(words);
    meaning.or_else(|| meanings.get(in_short()?)).copied()
}

/// The meanings by their words. Of a word with two meanings, the first one counts.
fn by_word<T: Copy>(table: Words<T>) -> HashMap<&'static str, T> {
    let mut found = HashMap::new();
    for (meaning, words) in table {
        for word in words.split('|') {
            found.entry(word.trim()).or_insert(*meaning);
        }
    }
    found
}

/// A "yes" or "no" at the start of a cell. What follows may say when it is otherwise.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    let cell = cell.trim().to_lowercase();
    let word = cell
        .split(|c: char| c.is_whitespace() || "，,。.;；(（:：".contains(c))
        .next()
        .unwrap_or("");
    match word {
        "是" | "必选" | "必须" | "必填" | "yes" | "y" | "mandatory" | "required" | "m" | "true" => {
            Some(true)
        }
        "否" | "可选" | "不是" | "非必选" | "no" | "n" | "optional" | "o" | "false" => {
            Some(false)
        }
        // The condition may follow without a sign: 否使用灯时必选.
        _ if word.starts_with('否') => Some(false),
        _ if word.starts_with('是') && !word.starts_with("是否") => Some(true),
        _ => None,
    }
}

/// The status of a line that is nothing but a label: `Status code: 404`, `状态码： 200`.
pub fn status_label(text: &str) -> Option<u16> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return None;
    }
    let words = squeeze(text);
    let rest = ["statuscode", "httpstatuscode", "状态码"]
        .iter()
        .find_map(|label| words.strip_prefix(label))?;
    let digits = match rest.strip_prefix('为') {
        Some(case) => case.trim_end_matches([':', '：']).strip_suffix('时')?,
        None => rest.strip_prefix([':', '：'])?,
    };
    let status: u16 = digits.parse().ok()?;
    (100..600).contains(&status).then_some(status)
}

/// What the code right below a line shows, where the line says of which side it is: "action为light时响应体".
pub fn shown_below(text: &str) -> Option<Section> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST || text.ends_with(['.', '。', ';', '；']) {
        return None;
    }
    let words = squeeze(text);
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let asks = says(&["请求", "request"]);
    let answers = says(&["响应", "response"]);
    let shows = says(&["体", "示例", "样例", "举例", "body", "example", "sample"]);
    let fails = says(&["异常", "错误", "失败", "error", "fail", "abnormal"]);
    match (asks, answers) {
        // "请求成功样例" shows what came of a request.
        (true, false) if shows && !fails && !says(&["成功", "success"]) => {
            Some(Section::RequestExample)
        }
        (false, true) if shows && !fails => Some(Section::ResponseExample),
        (false, true) if shows => Some(Section::FailureExample),
        _ => None,
    }
}

/// Whether a page says here that it has nothing to say.
pub fn says_nothing(text: &str) -> bool {
    const LONGEST: usize = 80;
    (text.len() <= LONGEST || !text.contains(char::is_alphanumeric))
        && matches!(
            bare(text).as_str(),
            "" | "无"
                | "不涉及"
                | "-"
                | "--"
                | "—"
                | "none"
                | "n/a"
                | "not involved"
                | "not applicable"
                | "n.a"
        )
}

/// Words for comparison: lower case, without marks in front, section numbers and closing marks.
/// Blanks between Chinese characters mean nothing; others are single.
pub fn bare(text: &str) -> String {
    let text = strip_number(
        text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '—'),
    );
    let is_closing = |c: char| matches!(c, '：' | ':' | '。' | '.' | '*') || c.is_whitespace();
    let text = text.trim_end_matches(is_closing);
    let is_chinese = text.chars().any(is_han);
    let mut words = String::with_capacity(text.len());
    let mut was_blank = false;
    for c in text.chars() {
        let is_blank = c.is_whitespace();
        if !is_blank {
            if was_blank && !is_chinese {
                words.push(' ');
            }
            push_lower(&mut words, c);
        }
        was_blank = is_blank;
    }
    words
}

/// Text without blanks and case, for comparing titles and captions.
pub fn squeeze(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let printed = text.chars().filter(|c| !c.is_whitespace());
    printed.for_each(|c| push_lower(&mut words, c));
    words
}

fn push_lower(words: &mut String, c: char) {
    match c {
        // What most texts are made of needs no look at the tables of Unicode.
        c if c.is_ascii() => words.push(c.to_ascii_lowercase()),
        // One heading is printed with either sort of brackets.
        '（' => words.push('('),
        '）' => words.push(')'),
        c if is_han(c) => words.push(c),
        c => words.extend(c.to_lowercase()),
    }
}

/// The text after a section number, `4.2.1 ` or `A.1 `; all of it where there is none.
pub fn strip_number(text: &str) -> &str {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return text;
    }
    let number = text.split_whitespace().next().unwrap_or("");
    let digits = number.trim_end_matches('.');
    let numbered = !digits.is_empty()
        && number.len() < text.len()
        && digits
            .split('.')
            .enumerate()
            .all(|(level, part)| is_number(part) || level == 0 && is_appendix(part, text));
    if numbered {
        text[number.len()..].trim_start()
    } else {
        text
    }
}

/// Whether the text starts with a section number.
pub fn is_numbered(text: &str) -> bool {
    strip_number(text).len() < text.trim().len()
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.len() < 4 && part.chars().all(|c| c.is_ascii_digit())
}

/// A single capital counts as a number before a dot or before Chinese: "A note" is not numbered.
fn is_appendix(part: &str, text: &str) -> bool {
    let mut chars = part.chars();
    let capital = chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.next().is_none();
    capital
        && text[1..]
            .trim_start()
            .chars()
            .next()
            .is_some_and(|c| c == '.' || is_han(c))
}

/// A text without the words for what an answer says of a failure: a field called `code` is not meant by them.
pub fn without_outcomes(text: &str) -> String {
    ["error code", "status code", "error message"]
        .iter()
        .fold(text.to_owned(), |text, words| text.replace(words, ""))
}

/// Whether this is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_an_error_is_no_field() {
        let said = "Names must be unique. A second lamp of a name leads to error code 409.";
        assert!(!without_outcomes(said).contains("code"));
    }

    #[test]
    fn a_label_names_the_status_of_what_follows() {
        for label in [
            "Status code: 201",
            "状态码： 201",
            "状态码为 201 时:",
            "状态码为201时",
        ] {
            assert_eq!(status_label(label), Some(201), "{label}");
        }
        for text in ["状态码为 201", "状态码： 201 和 202", "状态码为 2010 时:"] {
            assert_eq!(status_label(text), None, "{text}");
        }
    }

    #[test]
    fn columns_are_known_in_two_languages() {
        for (header, meaning) in [
            ("Parameter", Column::Name),
            ("名称", Column::Name),
            ("参数类型", Column::Kind),
            ("Mandatory", Column::Mandatory),
            ("HTTP 状态码", Column::Status),
            ("Error Code", Column::Code),
            ("权限", Column::Permission),
            ("授权项 ( Action )", Column::Action),
            ("依赖的授权项 (Action)", Column::Dependency),
            ("Lamp", Column::Other),
        ] {
            assert_eq!(column(header), meaning, "{header}");
        }
    }

    #[test]
    fn sections_are_known_with_numbers_marks_and_colons() {
        for (text, meaning) in [
            ("📖 说明", Some(Section::Note)),
            ("Example Request", Some(Section::RequestExample)),
            ("Responses", Some(Section::Response)),
            ("出参", Some(Section::Response)),
            ("Input Parameters", Some(Section::Request)),
            ("Constraints and Limitations", Some(Section::Constraints)),
            ("使用限制和须知", Some(Section::Constraints)),
            ("Limits of lamps", None),
            ("灯的限制", None),
            ("正常返回值：", Some(Section::Statuses)),
            ("响应消息体 (可选)", Some(Section::Response)),
            ("3.1 URI", Some(Section::Uri)),
            ("Lighting a lamp", None),
        ] {
            assert_eq!(section(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_line_above_code_says_of_which_side_it_is() {
        for (text, shown) in [
            ("action为light时请求体", Some(Section::RequestExample)),
            ("灭灯时的响应示例：", Some(Section::ResponseExample)),
            (
                "Response body when the lamp is lit",
                Some(Section::ResponseExample),
            ),
            ("错误响应体", Some(Section::FailureExample)),
            ("请求成功样例", None),
            ("Example request that failed", None),
            ("请求与响应示例", None),
            ("灯体", None),
        ] {
            assert_eq!(shown_below(text), shown, "{text}");
        }
    }

    #[test]
    fn section_numbers_are_stripped() {
        for (text, rest) in [
            ("4.2.1 Lamps", "Lamps"),
            ("A.1 获取灯", "获取灯"),
            ("A 附录", "附录"),
            ("A lamp", "A lamp"),
            ("42", "42"),
            ("2 lamps", "lamps"),
        ] {
            assert_eq!(strip_number(text), rest, "{text}");
        }
    }

    #[test]
    fn yes_and_no_may_be_explained() {
        assert_eq!(yes_or_no("否 使用灯时必选"), Some(false));
        assert_eq!(yes_or_no("否使用灯时必选"), Some(false));
        assert_eq!(yes_or_no("是否点亮"), None);
        assert_eq!(yes_or_no("Yes"), Some(true));
        assert_eq!(yes_or_no("perhaps"), None);
    }
}
