//! Texts without case and diacritics, for finding what people mean.

/// Folds a text: `Vážený` and `VAZENY` become `vazeny`. Combining signs of decomposed texts are dropped.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for it in text.chars() {
        if it.is_ascii() {
            folded.push(it.to_ascii_lowercase());
        } else {
            it.to_lowercase().for_each(|it| push(&mut folded, it));
        }
    }
    folded
}

/// Combining diacritics, which stand after the letter they belong to.
pub fn is_combining(it: char) -> bool {
    matches!(it, '\u{300}'..='\u{36f}')
}

/// Writes a lower-case letter without its diacritics.
fn push(folded: &mut String, it: char) {
    let plain = match it {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ if is_combining(it) => "",
        _ => return folded.push(it),
    };
    folded.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_folded_whole() {
        assert_eq!(fold("Příliš ŽLUŤOUČKÝ kôň"), "prilis zlutoucky kon");
        assert_eq!(fold("ĽÔŤŔĹ 12-B"), "lotrl 12-b");
    }

    #[test]
    fn case_and_diacritics_are_gone() {
        assert_eq!(fold("ÁÄČĎÉĚÍĹĽŇÓÔŔŘŠŤÚŮÝŽ straße ŁÓDŹ"), "aacdeeillnoorrstuuyz strasse lodz");
        assert_eq!(fold("c\u{30c}aj Ω Ж İ"), "caj ω ж i");
    }
}
