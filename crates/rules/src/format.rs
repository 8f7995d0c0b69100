//! The one layout of a pack's TOML files, so that changes show as small differences.
//!
//! Comments stay where they are. Lists of texts without comments are filled to the width of a line;
//! everything else keeps its order. What the file says never changes: the result is read again and
//! compared, and a file for which that fails is refused.

use toml::Table;

use crate::diagnostic::{Diagnostic, FORMAT_UNSAFE, SYNTAX};
use crate::source::SourceFile;

/// Characters in a line, at most, where a list is filled.
const LINE_CHARS_MAX: usize = 100;
const INDENT: &str = "    ";

/// The file in the one layout. Formatting twice changes nothing.
pub fn format(file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let finding = |code, span, label: String, help: &str| {
        vec![Diagnostic::new(code, &file.path, &file.text, span, label, help)]
    };
    let before: Table = match file.text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let span = error.span().unwrap_or(0..0);
            return Err(finding(&SYNTAX, span, error.message().to_owned(), "mend it before formatting"));
        }
    };
    let text = file.text.replace("\r\n", "\n");
    let formatted = lay_out(&statements(&text));
    match formatted.parse::<Table>() {
        Ok(after) if after == before => Ok(formatted),
        _ => Err(finding(&FORMAT_UNSAFE, 0..0, "its meaning would change".to_owned(), "simplify the file")),
    }
}

/// A piece of a file.
#[derive(Debug, PartialEq)]
enum Statement<'t> {
    Blank,
    Comment(&'t str),
    Header(&'t str),
    /// A key with its value, as written; may span lines.
    Pair(&'t str),
}

fn statements(text: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = statement_end(rest);
        let (statement, after) = rest.split_at(end);
        rest = after.strip_prefix('\n').unwrap_or(after);
        let trimmed = statement.trim();
        found.push(match trimmed.as_bytes().first() {
            None => Statement::Blank,
            Some(b'#') => Statement::Comment(trimmed),
            Some(b'[') => Statement::Header(trimmed),
            Some(_) => Statement::Pair(trimmed),
        });
    }
    found
}

/// Where the statement at the start of `text` ends: at the first line feed outside texts and brackets.
fn statement_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, token) in Tokens::new(text) {
        match token {
            "[" | "{" => depth += 1,
            "]" | "}" => depth = depth.saturating_sub(1),
            "\n" if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// Splits TOML into texts, comments and single characters.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = &self.text[start..];
        let len = match rest.chars().next()? {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            quote @ ('"' | '\'') => text_len(rest, quote),
            c => c.len_utf8(),
        };
        self.at = start + len;
        Some((start, &rest[..len]))
    }
}

/// Bytes of the TOML text at the start of `rest`, with its quotes.
fn text_len(rest: &str, quote: char) -> usize {
    let triple: String = [quote; 3].iter().collect();
    let close = if rest.starts_with(&triple) { triple } else { quote.to_string() };
    let mut at = close.len();
    while at < rest.len() {
        let left = &rest[at..];
        if quote == '"' && left.starts_with('\\') {
            at += 1 + left.chars().nth(1).map_or(0, char::len_utf8);
        } else if left.starts_with(&close) {
            // A multi-line text may end in up to two quotes of its own.
            let extra = left[close.len()..].chars().take_while(|&c| c == quote && close.len() == 3).count();
            return at + close.len() + extra;
        } else {
            at += left.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn lay_out(statements: &[Statement<'_>]) -> String {
    let mut out = String::new();
    let mut pending_blank = false;
    for (at, statement) in statements.iter().enumerate() {
        let opens_table = matches!(statement, Statement::Header(_))
            || (matches!(statement, Statement::Comment(_)) && leads_to_header(&statements[at..]));
        let after_comment = at > 0 && matches!(statements[at - 1], Statement::Comment(_));
        let wants_blank = pending_blank || (opens_table && !after_comment);
        if *statement == Statement::Blank {
            pending_blank = true;
            continue;
        }
        if wants_blank && !out.is_empty() {
            out.push('\n');
        }
        pending_blank = false;
        match statement {
            Statement::Comment(text) | Statement::Header(text) => out += text,
            Statement::Pair(text) => out += &pair(text),
            Statement::Blank => {}
        }
        out.push('\n');
    }
    out
}

/// Whether these comments stand right above a table's header.
fn leads_to_header(statements: &[Statement<'_>]) -> bool {
    let next = statements.iter().find(|statement| !matches!(statement, Statement::Comment(_)));
    matches!(next, Some(Statement::Header(_)))
}

/// `key = value`, lists of texts filled.
fn pair(text: &str) -> String {
    let Some(equals) = Tokens::new(text).find(|(_, token)| *token == "=").map(|(at, _)| at) else {
        return text.to_owned();
    };
    let (key, value) = (text[..equals].trim(), text[equals + 1..].trim());
    match list_items(value) {
        Some(items) => fill(key, &items),
        None => format!("{key} = {value}"),
    }
}

/// The texts of a list; none if the value is anything else or has comments or texts over several lines.
fn list_items(value: &str) -> Option<Vec<&str>> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    for (_, token) in Tokens::new(inner) {
        match token.as_bytes().first()? {
            b'"' | b'\'' if !token.contains('\n') => items.push(token),
            b',' | b' ' | b'\t' | b'\n' => {}
            _ => return None,
        }
    }
    Some(items)
}

fn fill(key: &str, items: &[&str]) -> String {
    let line = format!("{key} = [{}]", items.join(", "));
    if line.chars().count() <= LINE_CHARS_MAX {
        return line;
    }
    let mut lines = vec![String::from(INDENT)];
    for item in items {
        let width = item.chars().count() + 2;
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > INDENT.len() && used + width > LINE_CHARS_MAX {
            lines.push(String::from(INDENT));
        }
        if let Some(line) = lines.last_mut() {
            if line.len() > INDENT.len() {
                line.push(' ');
            }
            line.push_str(item);
            line.push(',');
        }
    }
    format!("{key} = [\n{}\n]", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let file = |text: &str| SourceFile { path: "x.toml".to_owned(), text: text.to_owned() };
        let formatted = format(&file(text)).unwrap();
        assert_eq!(formatted, expected, "{text:?}");
        assert_eq!(format(&file(&formatted)).unwrap(), formatted, "twice: {text:?}");
    }

    #[test]
    fn lays_out() {
        check("a=1", "a = 1\n");
        check("a   =  [ 'x',\n\n  \"y=[\" , ]\r\n", "a = ['x', \"y=[\"]\n");
        check("a=1\n\n\n\nb=2\n", "a = 1\n\nb = 2\n");
        check("a=1\n# about t\n[t]\nb = 2", "a = 1\n\n# about t\n[t]\nb = 2\n");
        check("a = [ # why\n  1,\n]\n", "a = [ # why\n  1,\n]\n");
        check("a = '''\n  kept = [ as\n is'''\nb=1", "a = '''\n  kept = [ as\n is'''\nb = 1\n");
        check("a = \"\"\"x\\\"\"\"\"\nb=1", "a = \"\"\"x\\\"\"\"\"\nb = 1\n");
        let long: String = (0..20).map(|i| format!("\"item number {i}\",")).collect();
        let file = SourceFile { path: "x.toml".to_owned(), text: format!("a = [{long}]") };
        let formatted = format(&file).unwrap();
        assert!(formatted.lines().all(|line| line.chars().count() <= LINE_CHARS_MAX), "{formatted}");
    }

    #[test]
    fn refuses_what_is_not_toml() {
        let file = SourceFile { path: "x.toml".to_owned(), text: "a = [\n".to_owned() };
        assert_eq!(format(&file).unwrap_err()[0].code, "E001");
    }

    proptest! {
        #[test]
        fn keeps_the_meaning(items in proptest::collection::vec("[ -~а-я包]{0,30}", 0..12), comment in "[ -~]{0,20}") {
            let list = toml::Value::Array(items.into_iter().map(toml::Value::String).collect());
            let text = format!("# {comment}\nkey={list}\n[t]\nx='{}'", comment.replace('\'', ""));
            let file = SourceFile { path: "x.toml".to_owned(), text };
            let once = super::format(&file).unwrap();
            let twice = super::format(&SourceFile { text: once.clone(), ..file }).unwrap();
            prop_assert_eq!(once, twice);
        }
    }
}
