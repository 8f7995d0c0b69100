//! One line of CSV (RFC 4180), safe to open in a spreadsheet.

/// Appends a record: fields divided by commas, ended by CR LF.
pub(crate) fn record(out: &mut String, fields: &[Field<'_>]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        match field {
            Field::Text(text) => quoted(out, text),
            Field::Own(text) => out.push_str(text),
        }
    }
    out.push_str("\r\n");
}

/// A field of a record.
pub(crate) enum Field<'a> {
    /// Text of other people's making.
    Text(&'a str),
    /// A number, a date or a code that this crate wrote itself; it has no comma, quote or line break.
    Own(String),
}

/// What makes a spreadsheet take a cell for a formula when it stands first: the four signs, their
/// full-width forms, and the control characters that such programs skip (OWASP, *CSV Injection*).
pub(crate) const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

fn quoted(out: &mut String, text: &str) {
    let defused = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).starts_with(FORMULA_STARTS);
    let needs_quotes = text.contains(['"', ',', '\r', '\n']);
    if needs_quotes {
        out.push('"');
    }
    if defused {
        out.push('\'');
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\"\""),
            // A table with a control character is no text to many programs.
            '\t' | '\r' | '\n' => out.push(c),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    if needs_quotes {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        record(&mut out, &[Field::Text(text), Field::Own("-1".to_owned())]);
        assert_eq!(out, format!("{expected},-1\r\n"));
    }

    #[test]
    fn quotes_what_would_break_a_record() {
        check("plain", "plain");
        check("a,b", "\"a,b\"");
        check("say \"hi\"", "\"say \"\"hi\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("a\0b\u{1b}[2J\u{85}c\td", "a\u{fffd}b\u{fffd}[2J\u{fffd}c\td");
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        check("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check("+855", "'+855");
        check("-1", "'-1");
        check("@SUM", "'@SUM");
        check(" \t=1", "' \t=1");
        check("＝1", "'＝1");
        check("\r=1", "\"'\r=1\"");
    }
}
