//! Addresses of lists with their filters.

/// A path with pairs of names and values behind it (RFC 3986 §3.4).
pub fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (n, (name, value)) in pairs.iter().enumerate() {
        address.push(if n == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        push_encoded(&mut address, value);
    }
    address
}

/// The pairs of an address written by [`address`], from behind its `?`; what is damaged is left out.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    query.split('&').filter_map(|it| it.split_once('=')).filter_map(|it| Some((it.0.to_owned(), decoded(it.1)?))).collect()
}

/// What stands behind the first part of a path: the thing that is open beside its list.
pub fn opened(path: &str) -> Option<&str> {
    path.trim_matches('/').split('/').nth(1).filter(|it| !it.is_empty())
}

/// Writes a value so that it stands in a query; what reads well and means nothing there is kept.
fn push_encoded(address: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b'@' | b':' => {
                address.push(char::from(byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// Reads a value that stands in a query.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = behind;
            continue;
        }
        let (code, behind) = behind.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_break_out_of_their_place() {
        let pairs = [("q", "50 % & viac #1 + ž".to_owned()), ("state", "draft,sent".to_owned())];
        assert_eq!(address("/messages", &pairs), "/messages?q=50%20%25%20%26%20viac%20%231%20%2B%20%C5%BE&state=draft,sent");
    }

    #[test]
    fn an_address_reads_back() {
        let written = [("q", "50 % & viac #1 + ž".to_owned()), ("state", "draft,sent".to_owned())];
        let read = pairs(address("", &written).trim_start_matches('?'));
        assert_eq!(read, written.map(|it| (it.0.to_owned(), it.1)));
        assert_eq!(pairs("q=%F&a=%FF&b"), []);
    }

    #[test]
    fn a_path_says_what_is_open() {
        for (path, open) in
            [("/messages", None), ("/messages/", None), ("/messages/12", Some("12")), ("/contacts/5/edit", Some("5"))]
        {
            assert_eq!(opened(path), open);
        }
    }

    #[test]
    fn a_list_without_filters_is_its_path() {
        assert_eq!(address("/contacts", &[]), "/contacts");
    }
}
