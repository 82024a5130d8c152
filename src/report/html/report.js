"use strict";
// Shows findings, operations and manuals from the data in this page. Whatever a server said is put
// into the page as text only: there is no innerHTML here, and the page's policy forbids it too.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const overview = document.getElementById("overview");
  const view = document.getElementById("view");
  const PAGE = 50;
  const SEVERITIES = ["violation", "warning", "note"];
  const COVERAGES = ["kept", "kept on one side", "broken", "disputed", "untested"];
  const VERDICTS = {
    server: "The server broke the promise.",
    document: "The document promises two things, or what no server can keep.",
    undecided: "An outage, or a dispute that nobody settled.",
  };

  // ---- Building

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "onclick" || name === "oninput" || name === "onchange") element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }
  const plural = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
  const pill = (word, kind) => make("span", { class: `pill ${kind || word.replaceAll(/[ _]/g, "-")}` }, word.replaceAll("_", " "));
  const link = (hash, ...children) => make("a", { href: hash }, ...children);
  const operationLink = (id) => (operations.has(id) ? link(`#o-${encodeURIComponent(id)}`, id) : id);

  function bar(shares, label) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const all = Math.max(1, shares.reduce((sum, n) => sum + n, 0));
    svg.setAttribute("class", "picture");
    svg.setAttribute("viewBox", `0 0 ${all} 10`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${label}: ${shares.map((n, i) => `${n} ${COVERAGES[i]}`).join(", ")}`);
    let x = 0;
    shares.forEach((n, i) => {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of [["class", COVERAGES[i].replaceAll(" ", "-")], ["x", x], ["y", 0], ["width", n], ["height", 10]]) rect.setAttribute(name, value);
      svg.append(rect);
      x += n;
    });
    return svg;
  }
  const legend = (shares) => make("ul", { class: "legend" }, shares.map((n, i) =>
    make("li", {}, make("span", { class: `key ${COVERAGES[i].replaceAll(" ", "-")}` }), make("b", {}, n), ` ${COVERAGES[i]}`)));

  function copyButton(text, what) {
    const button = make("button", { type: "button", class: "do", "aria-label": `Copy ${what}`, onclick: () => copy(text, button) }, "Copy");
    return button;
  }
  function copy(text, button) {
    const done = () => { button.textContent = "Copied"; setTimeout(() => { button.textContent = "Copy"; }, 1500); };
    // A page that is a file has no clipboard of its own in every browser.
    const byHand = () => {
      const area = make("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }
  const command = (text, what) => make("div", { class: "box copy" }, make("pre", { tabindex: "0", role: "region", "aria-label": what }, text), copyButton(text, what));

  function pretty(body) {
    try { return JSON.stringify(JSON.parse(body), null, 2); } catch { return body; }
  }
  const lines = (headers) => (headers || []).map(([name, value]) => `${name}: ${value}`).join("\n");
  function message(first, headers, body, label) {
    const text = [first, lines(headers), body ? `\n${pretty(body)}` : ""].filter((part) => part !== "").join("\n");
    return make("div", { class: "box" }, make("pre", { tabindex: "0", role: "region", "aria-label": label }, text));
  }
  const sent = (exchange) => message(`${exchange.method} ${exchange.target}`, exchange.request_headers, exchange.request_body, "request");
  const answered = (exchange) => (exchange.failure
    ? message(exchange.failure, [], "", "failure")
    : message(String(exchange.status), exchange.response_headers, exchange.response_body, "answer"));

  // Two texts under each other, with what differs marked.
  function aligned(first, one, second, two) {
    const a = [...one], b = [...two];
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const marked = (text) => {
      const middle = text.slice(start, text.length - end).join("");
      return [text.slice(0, start).join(""), middle && make("mark", {}, middle), text.slice(text.length - end).join("")];
    };
    return make("dl", { class: "box aligned" }, make("dt", {}, first), make("dd", {}, marked(a)), make("dt", {}, second), make("dd", {}, marked(b)));
  }

  // State before and after: a line for each place that differs.
  function change(before, after) {
    const parse = (text) => text.split("\n").map((line) => { const at = line.indexOf(": "); return at < 0 ? ["", line] : [line.slice(0, at), line.slice(at + 2)]; });
    const old = parse(before), now = parse(after);
    if (old.length !== now.length || old.some(([place], i) => place !== now[i][0])) return aligned("before", before, "after", after);
    return make("div", { class: "frame" }, make("table", { class: "table" },
      make("thead", {}, make("tr", {}, ["place", "before", "after"].map((word) => make("th", { scope: "col" }, word)))),
      make("tbody", {}, old.map(([place, value], i) => make("tr", {}, [place, value, now[i][1]].map((text) => make("td", { class: "mono" }, text)))))));
  }

  // ---- Data

  const operations = new Map(data.operations.map((operation) => [operation.id, operation]));
  const findings = new Map(data.findings.map((finding) => [finding.id, finding]));
  const manual = new Map(data.manual.map((page) => [page.code, page]));
  for (const finding of data.findings) {
    const place = finding.field ? `${finding.operation} ${finding.field}` : finding.operation;
    finding.place = place;
    finding.text = [place, finding.check, finding.title, finding.promise, finding.seen, finding.id, finding.case].join(" ").toLowerCase();
  }

  function item(finding) {
    return make("li", { class: finding.waived ? "waived" : null }, make("a", { class: "item", href: `#f-${finding.id}` },
      make("span", {}, pill(finding.severity)),
      make("span", {}, make("span", { class: "what" }, finding.title), make("span", { class: "where" }, `${finding.place} · ${finding.check}`)),
      make("span", { class: "tail" }, finding.waived ? pill("waived") : finding.standing ? pill(finding.standing) : null, finding.count > 1 ? ` ${finding.count.toLocaleString("en")}×` : null)));
  }

  // ---- Views

  const FILTERS = ["severity", "verdict", "check", "operation", "standing", "waived"];

  function findingsView(query) {
    const chosen = (finding) => FILTERS.every((name) => {
      const wanted = query.get(name);
      if (!wanted) return true;
      const has = name === "waived" ? (finding.waived ? "yes" : "no") : finding[name];
      return has === wanted;
    });
    const words = (query.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = data.findings.filter((finding) => chosen(finding) && words.every((word) => finding.text.includes(word)));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(pages, Math.max(1, Number.parseInt(query.get("page") || "1", 10) || 1));
    const goTo = (changes) => {
      const next = new URLSearchParams(query);
      for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
      return `#findings${next.size ? `?${next}` : ""}`;
    };
    const results = make("div", { id: "results" });
    const pager = () => make("div", { class: "pager" },
      make("button", { type: "button", disabled: page <= 1, onclick: () => { location.hash = goTo({ page: String(page - 1) }); } }, "Previous"),
      `page ${page} of ${pages}`,
      make("button", { type: "button", disabled: page >= pages, onclick: () => { location.hash = goTo({ page: String(page + 1) }); } }, "Next"));
    results.append(make("p", { role: "status", class: "dim small" }, `${plural(found.length, "finding")}${found.length === data.findings.length ? "" : ` of ${data.findings.length.toLocaleString("en")}`}`));
    if (found.length) results.append(make("ul", { class: "list" }, found.slice((page - 1) * PAGE, page * PAGE).map(item)));
    if (pages > 1) results.append(pager());
    if (data.leftOut) results.append(make("p", { class: "dim" }, `${plural(data.leftOut, "further finding")} met, but too many to keep.`));
    if (current === "findings" && document.getElementById("results")) {
      // Only the results change, so that typing goes on where it was.
      document.getElementById("results").replaceWith(results);
      return null;
    }
    const select = (name, values) => {
      const options = [make("option", { value: "" }, "any"), ...values.map((value) => make("option", { value, selected: query.get(name) === value }, value.replaceAll("_", " ")))];
      return make("label", {}, name, make("select", { name, onchange: (event) => search({ [name]: event.target.value }) }, options));
    };
    const search = (changes) => {
      const now = new URLSearchParams(location.hash.split("?")[1] || "");
      for (const [name, value] of Object.entries({ ...changes, page: "" })) value ? now.set(name, value) : now.delete(name);
      history.replaceState(null, "", `#findings${now.size ? `?${now}` : ""}`);
      show();
    };
    const known = (name) => [...new Set(data.findings.map((finding) => finding[name]).filter(Boolean))].sort();
    const standings = known("standing");
    const box = make("input", { type: "search", name: "q", placeholder: "words of a finding, its field, its case", value: query.get("q") || "", oninput: (event) => search({ q: event.target.value }) });
    const form = make("form", { class: "filters", role: "search", "aria-label": "Findings" }, make("label", { class: "grow" }, "search", box),
      select("severity", SEVERITIES), select("verdict", known("verdict")), select("check", known("check")), select("operation", known("operation")),
      standings.length ? select("standing", standings) : null, data.findings.some((finding) => finding.waived) ? select("waived", ["yes", "no"]) : null);
    form.addEventListener("submit", (event) => event.preventDefault());
    return ["Findings", make("div", {}, heading("Findings"), form, results)];
  }

  function findingView(id) {
    const finding = findings.get(id);
    if (!finding) return missing(`There is no finding ${id} in this report: it is fixed, or was not looked for.`);
    const at = data.findings.indexOf(finding);
    const [before, after] = [data.findings[at - 1], data.findings[at + 1]];
    const page = manual.get(finding.check);
    const row = (name, ...content) => [make("dt", {}, name), make("dd", {}, ...content)];
    const waived = finding.waived;
    return [finding.title, make("article", {},
      make("p", {}, pill(finding.severity), " ", finding.standing ? pill(finding.standing) : null, " ", waived ? pill("waived") : null),
      heading(finding.title),
      make("p", { class: "dim" }, operationLink(finding.operation), finding.field ? [" · ", make("code", {}, finding.field)] : null, " · ", page ? link(`#c-${finding.check}`, finding.check) : finding.check, finding.count > 1 ? ` · met ${plural(finding.count, "time")}` : null),
      waived ? make("p", { class: "notice" }, `Waived by ${waived.owner} until ${waived.expires}: ${waived.reason} (${waived.ticket})`) : null,
      make("dl", { class: "facts-grid" },
        row("promise", finding.promise, make("cite", {}, finding.sources || "HTTP itself")),
        finding.earlier ? row("earlier", make("ol", { class: "small mono" }, finding.earlier.map((line) => make("li", {}, line)))) : null,
        finding.exchange ? row("sent", sent(finding.exchange)) : null,
        row("difference", aligned("expected", finding.expected, "seen", finding.seen)),
        finding.exchange ? row("answer", answered(finding.exchange)) : null,
        finding.request_id ? row("request id", make("code", {}, finding.request_id)) : null,
        finding.before !== undefined ? row("state", change(finding.before, finding.after || "")) : null,
        row("verdict", pill(finding.verdict), " ", VERDICTS[finding.verdict] || ""),
        finding.record ? row("last runs", make("code", {}, finding.record), make("cite", {}, "f found, k kept, - not tried; the newest is the last")) : null,
        row("repeat", command(finding.repeat, "the command that repeats it")),
        finding.curl ? row("curl", command(finding.curl, "the curl that sends it")) : null,
        row("link", command(`#f-${finding.id}`, "the permanent anchor"))),
      page ? make("details", { class: "more" }, make("summary", {}, `What ${finding.check} means`), make("p", { class: "manual" }, page.text)) : null,
      make("p", { class: "pager" }, before ? link(`#f-${before.id}`, "← previous") : null, link("#findings", "all findings"), after ? link(`#f-${after.id}`, "next →") : null))];
  }

  function said(promises) {
    return make("ul", { class: "promises" }, promises.map((promise) => {
      const coverage = COVERAGES[promise.coverage];
      const sides = (promise.values || []).map(([title, expect, seen, failed]) => make("li", { class: failed ? "off" : null },
        make("b", {}, title), ` ${expect === "refused" ? "outside" : expect === "accepted" ? "inside" : "open"} → ${seen}`));
      return make("li", {},
        make("div", { class: "says" }, pill(coverage), make("span", {}, promise.words), make("span", { class: "dim small" }, `${promise.rule.replaceAll("_", " ")}, line ${promise.line}`)),
        promise.reason ? make("div", { class: "dim small" }, promise.reason) : null,
        sides.length > 4 ? make("details", {}, make("summary", { class: "dim small" }, `${sides.length + (promise.more || 0)} values tried`), make("ul", { class: "sides" }, sides)) : sides.length ? make("ul", { class: "sides" }, sides) : null);
    }));
  }

  function fields(title, rows) {
    if (!rows.length) return null;
    const depth = (field) => Math.min(5, (field.match(/[.]/g) || []).length);
    return [make("h2", {}, title), make("div", { class: "frame" }, make("table", { class: "table fields" },
      make("thead", {}, make("tr", {}, ["field", "kind", "presence", "promises, and what was observed"].map((word) => make("th", { scope: "col" }, word)))),
      make("tbody", {}, rows.map((row) => make("tr", {},
        make("td", {}, make("div", { class: `d${row.place === "body" ? depth(row.field) : 0}` }, row.field), row.place === "body" ? null : make("span", { class: "dim" }, ` in ${row.place}`)),
        make("td", {}, row.kind), make("td", {}, row.presence || make("span", { class: "dim" }, "unstated")), make("td", {}, row.said.length ? said(row.said) : make("span", { class: "dim" }, "nothing"))))))) ];
  }

  function operationView(id) {
    const operation = operations.get(id);
    if (!operation) return missing(`There is no operation ${id} in this report.`);
    const own = data.findings.filter((finding) => finding.operation === id);
    const rows = (direction, inBody) => operation.rows.filter((row) => row.direction === direction && (row.place === "body") === inBody);
    return [id, make("article", {},
      make("p", {}, operation.deprecated ? pill("deprecated") : null),
      heading(operation.route),
      make("p", { class: "dim" }, make("code", {}, id), ` · ${operation.at}`, operation.success.length ? ` · success ${operation.success.join(", ")}` : null, operation.deprecated ? ` · deprecated: ${operation.deprecated}` : null),
      bar(operation.shares, id), legend(operation.shares),
      own.length ? [make("h2", {}, plural(own.length, "finding")), make("ul", { class: "list" }, own.slice(0, PAGE).map(item)), own.length > PAGE ? make("p", {}, link(`#findings?operation=${encodeURIComponent(id)}`, "all of them")) : null] : null,
      operation.said.length ? [make("h2", {}, "As a whole"), said(operation.said)] : null,
      fields("Parameters", rows("request", false)), fields("Request", rows("request", true)), fields("Response", rows("response", true)),
      operation.disputes.length ? [make("h2", {}, "Where sources disagree"), make("ul", {}, operation.disputes.map((claim) => make("li", {}, claim)))] : null,
      operation.exchanges.length ? [make("h2", {}, "Exchanges"), operation.exchanges.map((shown) => make("details", { class: "more" },
        make("summary", {}, make("b", {}, shown.seen), ` ${shown.title}`, make("span", { class: "dim small" }, ` · ${shown.case}`)), sent(shown.exchange), make("p", {}), answered(shown.exchange)))] : null)];
  }

  function operationsView(query) {
    const words = (query.get("q") || "").toLowerCase();
    const found = data.operations.filter((operation) => `${operation.id} ${operation.route}`.toLowerCase().includes(words));
    const results = make("div", { id: "results" }, make("p", { role: "status", class: "dim small" }, plural(found.length, "operation")),
      make("div", { class: "frame" }, make("table", { class: "table" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "operation"), COVERAGES.map((word) => make("th", { scope: "col", class: "num" }, word)), make("th", { scope: "col", class: "num" }, "findings"))),
        make("tbody", {}, found.map((operation) => make("tr", {}, make("td", {}, operationLink(operation.id), make("div", { class: "dim small" }, operation.route)),
          operation.shares.map((n) => make("td", { class: "num" }, n)), make("td", { class: "num" }, operation.findings)))))));
    if (current === "operations" && document.getElementById("results")) { document.getElementById("results").replaceWith(results); return null; }
    const box = make("input", { type: "search", placeholder: "part of an id or a path", value: query.get("q") || "", oninput: (event) => { history.replaceState(null, "", event.target.value ? `#operations?q=${encodeURIComponent(event.target.value)}` : "#operations"); show(); } });
    const form = make("form", { class: "filters", role: "search", "aria-label": "Operations" }, make("label", { class: "grow" }, "search", box));
    form.addEventListener("submit", (event) => event.preventDefault());
    return ["Operations", make("div", {}, heading("Operations"), form, results)];
  }

  function undecidedView(query) {
    const open = [];
    for (const operation of data.operations) {
      const all = [...operation.said.map((promise) => ["", promise]), ...operation.rows.flatMap((row) => row.said.map((promise) => [row.field, promise]))];
      for (const [field, promise] of all) if (promise.coverage > 2) open.push([operation.id, field, promise]);
    }
    const pages = Math.max(1, Math.ceil(open.length / PAGE));
    const page = Math.min(pages, Math.max(1, Number.parseInt(query.get("page") || "1", 10) || 1));
    const rows = open.slice((page - 1) * PAGE, page * PAGE);
    return ["Not decided", make("div", {}, heading("Not decided"),
      make("p", { class: "dim" }, `${plural(open.length, "statement")} untested or disputed, each with the reason.`),
      rows.length ? make("div", { class: "frame" }, make("table", { class: "table" },
        make("thead", {}, make("tr", {}, ["statement", "promise", "reason"].map((word) => make("th", { scope: "col" }, word)))),
        make("tbody", {}, rows.map(([id, field, promise]) => make("tr", {}, make("td", {}, operationLink(id), make("div", { class: "dim small mono" }, field)), make("td", {}, promise.words, make("div", { class: "dim small" }, promise.rule.replaceAll("_", " "))), make("td", {}, promise.reason || "sources disagree")))))) : null,
      pages > 1 ? make("div", { class: "pager" }, page > 1 ? link(`#undecided?page=${page - 1}`, "previous") : null, `page ${page} of ${pages}`, page < pages ? link(`#undecided?page=${page + 1}`, "next") : null) : null)];
  }

  function explainView() {
    const families = [...new Set(data.manual.map((page) => page.family))];
    return ["Codes", make("div", {}, heading("What the codes mean"), families.map((family) => [make("h2", {}, family),
      make("ul", { class: "list" }, data.manual.filter((page) => page.family === family).map((page) => make("li", {}, make("a", { class: "item", href: `#c-${page.code}` }, make("code", {}, page.code), make("span", {}, page.title)))))]))];
  }

  function codeView(code) {
    const page = manual.get(code);
    if (!page) return missing(`There is no code ${code}.`);
    const n = data.findings.filter((finding) => finding.check === code).length;
    return [code, make("article", {}, make("p", {}, pill(page.family)), heading(code), make("p", { class: "manual" }, page.text),
      make("p", {}, n ? link(`#findings?check=${encodeURIComponent(code)}`, plural(n, "finding")) : "No finding in this report.", " · ", link("#explain", "all codes")))];
  }

  function missing(text) {
    return ["Not here", make("div", {}, heading("Not here"), make("p", {}, text), make("p", {}, link("#findings", "All findings")))];
  }
  const heading = (text) => make("h1", { tabindex: "-1" }, text);

  // ---- Routes

  let current = "overview";

  function show() {
    const hash = location.hash.slice(1);
    const [name, rest] = hash.split("?");
    const query = new URLSearchParams(rest || "");
    const rendered = name.startsWith("f-") ? ["findings", findingView(name.slice(2)), "finding"]
      : name.startsWith("o-") ? ["operations", operationView(decode(name.slice(2))), "operation"]
      : name.startsWith("c-") ? ["explain", codeView(decode(name.slice(2))), "code"]
      : name === "findings" ? ["findings", findingsView(query), "findings"]
      : name === "operations" ? ["operations", operationsView(query), "operations"]
      : name === "undecided" ? ["undecided", undecidedView(query), "undecided"]
      : name === "explain" ? ["explain", explainView(), "explain"]
      : ["overview", null, "overview"];
    const [tab, content, kind] = rendered;
    const stays = content === null && kind !== "overview";
    overview.hidden = kind !== "overview";
    view.hidden = kind === "overview";
    for (const anchor of document.querySelectorAll("nav a")) anchor.getAttribute("href") === `#${tab}` ? anchor.setAttribute("aria-current", "page") : anchor.removeAttribute("aria-current");
    if (!stays) {
      if (content) view.replaceChildren(content[1]);
      document.title = content ? `${content[0]} · Proofhouse` : data.title;
      if (started) {
        window.scrollTo(0, 0);
        const title = (content ? view : overview).querySelector("h1");
        if (title) title.focus({ preventScroll: true });
      }
    }
    current = kind;
    started = true;
  }
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  let started = false;

  // ---- Theme, printing

  const theme = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const isDark = (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
  });
  addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("details")) details.open = true; });
  addEventListener("hashchange", show);
  show();
})();
