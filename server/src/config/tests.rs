use super::*;

fn environment(variables: &[(&str, &str)]) -> Environment {
    variables.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect()
}

fn flags(values: &[(Setting, &'static str, &str)]) -> Flags {
    Flags { config: None, values: values.iter().map(|(setting, flag, text)| (*setting, *flag, (*text).to_owned())).collect() }
}

fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("posel.toml");
    std::fs::write(&path, text).unwrap();
    (folder, Flags { config: Some(path), values: Vec::new() })
}

fn faults(flags: &Flags, variables: &[(&str, &str)]) -> Vec<String> {
    match Config::gather(flags, &environment(variables)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_environment_counts_more_than_the_file_and_flags_more_than_both() {
    let (_folder, mut flags) = file("data = \"a\"\nlisten = \"127.0.0.1:1\"\nlog_format = \"json\"\n");
    flags.values.push((Setting::Data, "--data", "c".to_owned()));
    let variables = [("POSEL_DATA", "b"), ("POSEL_LISTEN", "127.0.0.1:2")];
    let config = Config::gather(&flags, &environment(&variables)).unwrap();
    assert_eq!((config.data.to_str(), config.listen.port(), config.log_format), (Some("c"), 2, LogFormat::Json));
    assert_eq!(config.source(Setting::Data), Source::Flag("--data"));
    assert_eq!(config.source(Setting::Listen), Source::Variable("POSEL_LISTEN"));
    assert!(matches!(config.source(Setting::LogFormat), Source::File(_, 3)));
    assert_eq!(config.source(Setting::Log), Source::Default);
}

#[test]
fn without_an_address_it_is_tried_out_on_this_machine() {
    let config =
        Config::gather(&flags(&[(Setting::Data, "--data", "d"), (Setting::Listen, "--listen", "[::1]:99")]), &environment(&[]));
    let config = config.unwrap();
    assert_eq!(config.public_url.origin(), "http://localhost:99");
    assert_eq!(config.helo_name, "localhost");
}

#[test]
fn relays_are_greeted_with_the_public_host_unless_another_name_is_set() {
    let named = [("POSEL_DATA", "d"), ("POSEL_PUBLIC_URL", "https://posel.example.sk:8443")];
    assert_eq!(Config::gather(&flags(&[]), &environment(&named)).unwrap().helo_name, "posel.example.sk");
    let other = [named[0], named[1], ("POSEL_HELO_NAME", "mail.example.sk")];
    assert_eq!(Config::gather(&flags(&[]), &environment(&other)).unwrap().helo_name, "mail.example.sk");
}

#[test]
fn each_bad_value_is_told_with_the_place_where_it_stands() {
    let (folder, mut flags) = file("listen = \"nowhere\"\n");
    flags.values.push((Setting::PublicUrl, "--public-url", "http://posel.example.sk".to_owned()));
    let told = faults(&flags, &[("POSEL_TRUSTED_PROXIES", "10.0.0.0/8, proxy")]);
    assert_eq!(told[0], "`data` is not set: give --data, the variable POSEL_DATA, or `data` in the configuration file");
    let file = folder.path().join("posel.toml");
    assert!(told[1].starts_with(&format!("{}, line 1: `listen` is \"nowhere\": ", file.display())), "{told:?}");
    assert!(told[2].starts_with("--public-url is \"http://posel.example.sk\": it must begin with https://"), "{told:?}");
    assert_eq!(told[3], "POSEL_TRUSTED_PROXIES is \"10.0.0.0/8, proxy\": proxy is not an address or network such as 10.0.0.0/8");
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let missing = Flags { config: Some("/nowhere/posel.toml".into()), values: Vec::new() };
    assert!(faults(&missing, &[("POSEL_DATA", "d")])[0].starts_with("/nowhere/posel.toml: the file cannot be read"));
}

#[test]
fn the_key_comes_from_the_environment_a_named_file_a_credential_or_the_data_folder() {
    let credentials = tempfile::tempdir().unwrap();
    std::fs::write(credentials.path().join("posel.key"), "").unwrap();
    let folder = credentials.path().to_str().unwrap();
    let key = |variables: &[(&str, &str)]| {
        let config = Config::gather(&flags(&[(Setting::Data, "--data", "d")]), &environment(variables)).unwrap();
        match config.key {
            KeySource::Given(key) => format!("given {}", key.as_str()),
            KeySource::File(path) => format!("file {}", path.display()),
            KeySource::Credential(_) => "credential".to_owned(),
        }
    };
    let all = [("POSEL_KEY", "00ff"), ("POSEL_KEY_FILE", "/k"), ("CREDENTIALS_DIRECTORY", folder)];
    assert_eq!(key(&all), "given 00ff");
    assert_eq!(key(&all[1..]), "file /k");
    assert_eq!(key(&all[2..]), "credential");
    assert_eq!(key(&[("CREDENTIALS_DIRECTORY", "/nowhere")]), "file d/posel.key");
}

#[test]
fn what_is_shown_names_every_setting_and_hides_the_key() {
    let variables = environment(&[("POSEL_DATA", "d"), ("POSEL_KEY", "abcdef")]);
    let shown = Config::gather(&flags(&[]), &variables).unwrap().to_string();
    for setting in Setting::ALL {
        assert!(shown.contains(setting.name()), "{shown}");
    }
    assert!(!shown.contains("abcdef"), "{shown}");
    assert!(shown.contains("(POSEL_KEY)"), "{shown}");
}
