//! CSS without anything that loads or runs: read by the browsers' rules (CSS Syntax 3), judged and written again token by token, so that
//! no escape or comment hides a name.

use std::ops::Range;

use cssparser::{Delimiter, ParseError, Parser, ParserInput, ToCss, Token, TokenSerializationType};

/// Judges what was found at these bytes of the CSS: the address of a picture becomes the one to write or none; `None` as address means a
/// forbidden construct.
pub type Judge<'a> = dyn FnMut(Option<&str>, Range<usize>) -> Option<String> + 'a;

/// Blocks nested deeper than this are dropped.
const DEEPEST: usize = 32;

/// Cleans the value of a `style` attribute or a whole style sheet.
pub fn clean(css: &str, judge: &mut Judge<'_>) -> String {
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    let mut writer = Writer { css: String::with_capacity(css.len()), before: TokenSerializationType::default() };
    // The closure of `block` never fails: there is nothing to report.
    let _ = block(&mut parser, &mut writer, judge, 0);
    // Inside a string or a name `\/` is `/`; elsewhere the two signs never meet. So nothing can end a style element from within.
    writer.css.replace("</", "<\\/")
}

struct Writer {
    css: String,
    before: TokenSerializationType,
}

impl Writer {
    fn token(&mut self, token: &Token<'_>) {
        let kind = token.serialization_type();
        if self.before.needs_separator_when_before(kind) {
            self.css.push_str("/**/");
        }
        // Writing into a string cannot fail.
        let _ = token.to_css(&mut self.css);
        self.before = kind;
    }

    /// An address, or `none` in its place.
    fn address(&mut self, address: Option<String>) {
        match address {
            Some(address) => {
                self.token(&Token::Function("url".into()));
                self.token(&Token::QuotedString(address.into()));
                self.token(&Token::CloseParenthesis);
            }
            None => self.token(&Token::Ident("none".into())),
        }
    }
}

fn block<'i>(
    parser: &mut Parser<'i, '_>,
    writer: &mut Writer,
    judge: &mut Judge<'_>,
    depth: usize,
) -> Result<(), ParseError<'i, ()>> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace().cloned() else { return Ok(()) };
        let place = |parser: &Parser<'i, '_>| start.byte_index()..parser.position().byte_index();
        match &token {
            Token::CDO | Token::CDC | Token::BadUrl(_) | Token::BadString(_) => {}
            Token::CloseParenthesis | Token::CloseSquareBracket | Token::CloseCurlyBracket => {}
            Token::UnquotedUrl(address) => writer.address(judge(Some(address), place(parser))),
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let address = parser.parse_nested_block(string)?;
                writer.address(address.and_then(|it| judge(Some(&it), place(parser))));
            }
            Token::Function(name) if loads(name) => {
                parser.parse_nested_block(skip)?;
                writer.address(judge(None, place(parser)));
            }
            Token::AtKeyword(name) if !is_harmless_rule(name) => {
                parser.parse_until_after(Delimiter::Semicolon | Delimiter::CurlyBracketBlock, skip)?;
                judge(None, place(parser));
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                writer.token(&token);
                parser.parse_nested_block(
                    |inner| {
                        if depth < DEEPEST { block(inner, writer, judge, depth + 1) } else { skip(inner) }
                    },
                )?;
                writer.token(&end_of(&token));
            }
            _ => writer.token(&token),
        }
    }
}

/// The string inside `url("…")`.
fn string<'i>(parser: &mut Parser<'i, '_>) -> Result<Option<String>, ParseError<'i, ()>> {
    let address = parser.expect_string().map(|it| it.to_string()).ok();
    skip(parser)?;
    Ok(address)
}

fn skip<'i>(parser: &mut Parser<'i, '_>) -> Result<(), ParseError<'i, ()>> {
    while parser.next().is_ok() {}
    Ok(())
}

fn end_of(token: &Token<'_>) -> Token<'static> {
    match token {
        Token::CurlyBracketBlock => Token::CloseCurlyBracket,
        Token::SquareBracketBlock => Token::CloseSquareBracket,
        _ => Token::CloseParenthesis,
    }
}

/// Functions that take the address of something to load as a bare string, or run code in old programs.
fn loads(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "src" | "image" | "cross-fade" | "element" | "paint" | "expression") || name.ends_with("image-set")
}

/// Rules that load nothing by themselves.
fn is_harmless_rule(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "media" | "supports" | "font-face" | "page" | "-ms-viewport" | "layer" | "container")
        || name.ends_with("keyframes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cleans with every address refused and says what came before the judge.
    fn strictly(css: &str) -> (String, Vec<String>) {
        let mut seen = Vec::new();
        let clean = clean(css, &mut |address, _| {
            seen.push(address.unwrap_or("!").to_owned());
            None
        });
        (clean, seen)
    }

    #[test]
    fn harmless_css_stays() {
        for css in [
            "color:red;margin:0 auto",
            "p > a[href^=\"x\"]:hover, #b .c{font:bold 1.5em/2 'Segoe UI',sans-serif}",
            "@media (max-width:600px){.a{width:100%!important}}",
            "width:calc(100% - 2px);mso-line-height-rule:exactly",
            "filter:progid:DXImageTransform.Microsoft.gradient(startColorstr='#80000000')",
        ] {
            let (clean, seen) = strictly(css);
            assert!(seen.is_empty(), "{css}");
            assert_eq!(clean.replace('\'', "\""), css.replace('\'', "\""));
        }
    }

    #[test]
    fn every_way_to_load_comes_before_the_judge() {
        for (css, kept) in [
            ("background:url(https://x.sk/a) red", "background:none red"),
            ("background:URL( 'https://x.sk/a' )", "background:none"),
            ("background:\\75 rl(https://x.sk/a)", "background:none"),
            ("background:u/**/rl(x)", "background:u/**/rl(x)"),
            ("background:image-set('x' 1x)", "background:none"),
            ("background:-webkit-image-set('x' 1x)", "background:none"),
            ("width:expression(alert(1))", "width:none"),
            ("@import 'x';a{b:c}", "a{b:c}"),
            ("@\\69mport url(x);a{b:c}", "a{b:c}"),
            ("@namespace x url(y) ;a{b:c}", "a{b:c}"),
            ("@unknown x{y}a{b:c}", "a{b:c}"),
            ("a{@import 'x';b:c}", "a{b:c}"),
            ("--x:url(y)", "--x:none"),
        ] {
            let (clean, seen) = strictly(css);
            assert_eq!(clean.trim(), kept);
            assert_eq!(seen.is_empty(), css.contains("/**/"), "{css}");
        }
    }

    #[test]
    fn nothing_ends_a_style_element_from_within() {
        for css in ["a:after{content:'</style><script>'}", "</style><b>", "<!-- a{b:c} -->", "<\\/style>", "a<\\2f style>"] {
            assert!(!strictly(css).0.contains("</"), "{css}");
        }
    }

    #[test]
    fn endless_nesting_ends() {
        for bracket in ["(", "{", "[", "a(", "@media{"] {
            assert!(strictly(&bracket.repeat(200_000)).0.len() < 1_000);
        }
    }

    #[test]
    fn an_allowed_address_is_quoted_anew() {
        let css = clean("background:url(a)", &mut |_, _| Some("https://x.sk/\"');}".to_owned()));
        assert_eq!(css, "background:url(\"https://x.sk/\\\"');}\")");
    }
}
