//! Reading what a token endpoint says (RFC 6749 §5), and who agreed (OpenID Connect Core §3.1.3.7).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::OauthFaultKind;
use secrecy::SecretString;
use serde_json::Value;

use super::{TokenFault, Tokens};
use crate::http::HttpAnswer;
use crate::sms::cleaned;

/// How much of a provider's words is kept.
pub(super) const KEPT: usize = 2048;
/// How long a token is taken to be good when the provider does not say: the relay tells when it is not.
const USUAL_S: u32 = 3_600;
/// No token is believed to be good for longer.
const LONGEST_S: u64 = 30 * 24 * 3_600;
/// A token as long as this fits into no line of AUTH (RFC 4954 §4: 12,288 bytes of Base64).
const LONGEST_TOKEN: usize = 8_192;

/// Reads an answer; `secrets` are taken out of what is kept of it.
pub(super) fn read(heard: &HttpAnswer, secrets: &[&SecretString]) -> Result<Tokens, TokenFault> {
    let json = heard.json().unwrap_or_default();
    if heard.status == 200 && json.get("error").is_none() {
        return tokens(&json);
    }
    let error = json["error"].as_str().unwrap_or_default();
    let kind = match (error, heard.status) {
        ("temporarily_unavailable" | "server_error" | "slow_down", _) | (_, 408 | 425 | 429 | 500..=599) | ("", _) => {
            OauthFaultKind::Unreachable
        }
        ("invalid_client" | "unauthorized_client" | "invalid_request" | "invalid_scope" | "unsupported_grant_type", _) => {
            OauthFaultKind::Application
        }
        // invalid_grant, and what Microsoft says when consent, a second factor or a new password is wanted.
        _ => OauthFaultKind::ConsentEnded,
    };
    let said = match (error, json["error_description"].as_str()) {
        ("", _) => format!("HTTP {}: {}", heard.status, String::from_utf8_lossy(&heard.body)),
        (error, Some(description)) => format!("{error}: {description}"),
        (error, None) => error.to_owned(),
    };
    Err(TokenFault { kind, words: cleaned(said.as_bytes(), KEPT, secrets) })
}

/// What is wrong with an answer that was meant to bring tokens is told without any of it.
fn tokens(json: &Value) -> Result<Tokens, TokenFault> {
    let senseless = |words: &str| Err(TokenFault::new(OauthFaultKind::Unreachable, words));
    let token = |name: &str| json[name].as_str().filter(|it| !it.is_empty());
    let Some(access) = token("access_token") else { return senseless("the answer has no access token") };
    if !json["token_type"].as_str().unwrap_or("bearer").eq_ignore_ascii_case("bearer") {
        return senseless("the token is of another type than Bearer");
    }
    // RFC 6750 §2.1; nothing else may get into a line of AUTH.
    let fits = |it: &str| it.len() <= LONGEST_TOKEN && it.bytes().all(|it| it.is_ascii_graphic());
    if !fits(access) || token("refresh_token").is_some_and(|it| !fits(it)) {
        return senseless("a token has characters that no token has, or is too long");
    }
    Ok(Tokens {
        access: SecretString::from(access),
        refresh: token("refresh_token").map(SecretString::from),
        good_for_s: seconds(&json["expires_in"]),
        who: token("id_token").and_then(who),
    })
}

/// Some providers write the number as text.
fn seconds(value: &Value) -> u32 {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    seconds.map_or(USUAL_S, |it| u32::try_from(it.min(LONGEST_S)).unwrap_or(USUAL_S))
}

/// The claim by which a person knows the mailbox. It comes from the token endpoint itself, over TLS, and only ever is shown.
fn who(id_token: &str) -> Option<String> {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let named = ["email", "preferred_username", "upn"].into_iter().find_map(|it| claims[it].as_str());
    named.filter(|it| !it.trim().is_empty()).map(|it| crate::visible::visible(it.trim().as_bytes(), 254))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn kind(status: u16, body: &str) -> OauthFaultKind {
        let heard = HttpAnswer { status, body: body.as_bytes().to_vec() };
        read(&heard, &[]).err().map(|it| it.kind).unwrap()
    }

    #[test]
    fn what_a_person_must_mend_is_told_from_what_passes() {
        use OauthFaultKind::{Application, ConsentEnded, Unreachable};
        for (status, body, expected) in [
            (400, r#"{"error":"invalid_grant","error_description":"AADSTS70008: expired"}"#, ConsentEnded),
            (400, r#"{"error":"interaction_required"}"#, ConsentEnded),
            (401, r#"{"error":"invalid_client"}"#, Application),
            (400, r#"{"error":"invalid_scope"}"#, Application),
            (503, r#"{"error":"invalid_grant"}"#, Unreachable),
            (400, r#"{"error":"temporarily_unavailable"}"#, Unreachable),
            (429, "slow down", Unreachable),
            (404, "<html>", Unreachable),
            (200, "<html>", Unreachable),
            (200, r#"{"access_token":"a b"}"#, Unreachable),
            (200, r#"{"access_token":"a\r\nMAIL"}"#, Unreachable),
            (200, r#"{"access_token":"a","token_type":"mac"}"#, Unreachable),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn secrets_that_come_back_are_taken_out() {
        let secret = SecretString::from("0.refresh~token");
        let body = br#"{"error":"invalid_grant","error_description":"0.refresh~token is revoked\u202e"}"#.to_vec();
        let fault = read(&HttpAnswer { status: 400, body }, &[&secret]).err().unwrap();
        assert_eq!(fault.words, "invalid_grant: ••• is revoked\\u{202e}");
    }

    #[test]
    fn tokens_are_read_however_the_provider_writes_the_time() {
        let claims = BASE64_URL_SAFE_NO_PAD.encode(r#"{"email":"obchod@firma.sk"}"#);
        let body = format!(r#"{{"access_token":"a.b-c","expires_in":"3599","token_type":"bearer","id_token":"h.{claims}.s"}}"#);
        let tokens = read(&HttpAnswer { status: 200, body: body.into_bytes() }, &[]).ok().unwrap();
        assert_eq!((tokens.access.expose_secret(), tokens.good_for_s), ("a.b-c", 3_599));
        assert_eq!((tokens.who.as_deref(), tokens.refresh.is_none()), (Some("obchod@firma.sk"), true));
    }
}
