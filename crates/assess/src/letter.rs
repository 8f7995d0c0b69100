//! Which characters make words, as phrases and n-grams see them.

/// What a scalar value of a folded text is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A word of a script that divides words by spaces: letters, digits, and the signs that Indic and Arabic
    /// letters carry. Coarser than the Unicode properties, and many times as fast.
    Word,
    /// Thai, Lao, Burmese, Khmer, Han, kana: written without spaces between words.
    Unspaced,
    /// Spaces, punctuation, symbols, in the folded text of the scripts that we read.
    Other,
}

#[inline]
pub(crate) fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => Class::Word,
        '\0'..='\u{7f}' => Class::Other,
        '\u{c0}'..='\u{588}' if c != '\u{d7}' && c != '\u{f7}' => Class::Word,
        _ => beyond_ascii(c),
    }
}

fn beyond_ascii(c: char) -> Class {
    match c {
        '\0'..='\u{bf}' | '\u{d7}' | '\u{f7}' => Class::Other,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Unspaced,
        '\u{589}'..='\u{58a}'
        | '\u{60c}'..='\u{60d}'
        | '\u{61b}'..='\u{61f}'
        | '\u{66a}'..='\u{66d}'
        | '\u{6d4}'
        | '\u{964}'..='\u{965}'
        | '\u{df4}'
        | '\u{1360}'..='\u{1368}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{1f000}'..='\u{1ffff}' => Class::Other,
        _ => Class::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Class) {
        for c in text.chars() {
            assert_eq!(class(c), expected, "{c:?}");
        }
    }

    #[test]
    fn knows_the_scripts() {
        check("az09éßжהञिंЁ한글", Class::Word);
        check("包吃かカกำမြលໃ𠮷", Class::Unspaced);
        check(" \n.,-+×÷€،।።。：😀", Class::Other);
    }
}
