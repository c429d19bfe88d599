//! What a browser calls itself, made readable.

/// The browser and the system that a session was begun with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Name of the browser.
    pub browser: &'static str,
    /// Name of the system.
    pub system: &'static str,
    /// Whether it is held in a hand.
    pub handheld: bool,
}

/// Browsers, the ones that also call themselves by a later one's name first.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems, in the same order; the last part says whether it is held in a hand.
const SYSTEMS: [(&str, &str, bool); 7] = [
    ("iPhone", "iPhone", true),
    ("iPad", "iPad", true),
    ("Android", "Android", true),
    ("Windows", "Windows", false),
    ("Mac OS X", "macOS", false),
    ("CrOS", "ChromeOS", false),
    ("Linux", "Linux", false),
];

/// Reads a `User-Agent` (RFC 9110 §10.1.5); nothing when it is none that people use.
pub fn read(agent: &str) -> Option<Device> {
    let browser = BROWSERS.iter().find(|it| agent.contains(it.0))?;
    let system = SYSTEMS.iter().find(|it| agent.contains(it.0))?;
    Some(Device { browser: browser.1, system: system.1, handheld: system.2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(agent: &str) -> Option<(&'static str, &'static str)> {
        read(agent).map(|it| (it.browser, it.system))
    }

    #[test]
    fn usual_browsers_are_known() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                ("Edge", "Windows"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                ("Chrome", "Android"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                ("Safari", "iPhone"),
            ),
        ];
        for (agent, expected) in cases {
            assert_eq!(names(agent), Some(expected), "{agent}");
        }
    }

    #[test]
    fn a_phone_is_held_in_a_hand() {
        assert!(read("Mozilla/5.0 (Linux; Android 14) Firefox/140.0").is_some_and(|it| it.handheld));
        assert!(read("Mozilla/5.0 (X11; Linux) Firefox/140.0").is_some_and(|it| !it.handheld));
    }

    #[test]
    fn a_program_is_no_browser() {
        assert_eq!(names("curl/8.5.0"), None);
        assert_eq!(names(""), None);
    }
}
