//! The style sheet: `@import`s bundled, minified, and fitted to the browsers of the last two years.

use std::fmt::Display;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions, UrlDependency};
use lightningcss::error::Error;
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

/// A bundled sheet whose `url()`s still wait for their final names.
#[derive(Debug)]
pub struct Sheet {
    code: String,
    urls: Vec<UrlDependency>,
}

/// Bundles and minifies a sheet with all it imports.
pub fn bundle(main: &Path) -> Result<Sheet> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(told)?;
    let targets = Targets::from(browsers());
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(told)?;
    let options = PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
        ..Default::default()
    };
    let printed = sheet.to_css(options).map_err(told)?;
    let urls = printed.dependencies.unwrap_or_default().into_iter().filter_map(|dependency| match dependency {
        Dependency::Url(url) => Some(url),
        Dependency::Import(_) => None,
    });
    Ok(Sheet { code: printed.code, urls: urls.collect() })
}

impl Sheet {
    /// Answers the text with each `url()` pointing to the file that `file_of` answers for its bare name.
    ///
    /// Fails on a name that no asset has; `data:` and `#fragment` stay as they are.
    pub fn with_urls<'a>(self, file_of: impl Fn(&str) -> Option<&'a str>) -> Result<String> {
        self.urls.iter().try_fold(self.code, |code, dependency| {
            let url = dependency.url.as_str();
            if url.starts_with("data:") || url.starts_with('#') {
                return Ok(code.replace(&dependency.placeholder, url));
            }
            let name = url.rsplit('/').next().unwrap_or(url);
            let Some(file) = file_of(name) else {
                let (path, line) = (&dependency.loc.file_path, dependency.loc.start.line);
                bail!("{path}:{line}: url({url}) names no file of frontend/assets");
            };
            Ok(code.replace(&dependency.placeholder, file))
        })
    }
}

/// Words a fault with its place as editors count it, from line 1.
fn told<T: Display>(fault: Error<T>) -> anyhow::Error {
    match fault.loc {
        Some(place) => anyhow!("{}:{}:{}: {}", place.filename, place.line + 1, place.column, fault.kind),
        None => anyhow!("the style sheet: {}", fault.kind),
    }
}

/// Answers the oldest browsers Posel supports; all of them know nesting, layers, `light-dark()` and OKLCH.
fn browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(128, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bundled(main: &str, part: &str) -> Result<Sheet> {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("main.css"), main).unwrap();
        fs::write(home.path().join("part.css"), part).unwrap();
        bundle(&home.path().join("main.css"))
    }

    #[test]
    fn imports_become_one_sheet_that_keeps_the_order_of_its_layers() {
        let sheet =
            bundled("@layer parts, pages; @import 'part.css' layer(pages); @layer parts { b { top: 0 } }", "a { top: 1px }");
        assert_eq!(sheet.unwrap().code, "@layer parts{b{top:0}}@layer pages{a{top:1px}}");
    }

    #[test]
    fn a_font_is_found_by_its_bare_name() {
        let sheet = bundled("@font-face { font-family: Inter; src: url(../assets/fonts/inter.woff2) }", "").unwrap();
        let code = sheet.with_urls(|name| (name == "inter.woff2").then_some("inter-1.woff2")).unwrap();
        assert_eq!(code, "@font-face{font-family:Inter;src:url(\"inter-1.woff2\")}");
    }

    #[test]
    fn an_unknown_file_is_named_with_its_place() {
        let sheet = bundled("a {\n  background: url(no.png);\n}", "").unwrap();
        let fault = sheet.with_urls(|_| None).unwrap_err().to_string();
        assert!(fault.ends_with("main.css:2: url(no.png) names no file of frontend/assets"), "{fault}");
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let fault = bundled("@import 'part.css';", "a {}\n}").unwrap_err().to_string();
        assert!(fault.contains("part.css:2:"), "{fault}");
    }
}
