//! The token by which requests are let in. When it runs out is learned from the gateway's 401: no clock is asked.

use secrecy::{ExposeSecret, SecretString};

use super::GoSms;
use crate::{
    http::{HttpAnswer, Request},
    sms::{AskFailure, Cause, carry},
};

impl GoSms {
    /// The token at hand, or a new one.
    pub(super) async fn token(&self) -> Result<SecretString, AskFailure> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref() {
            return Ok(token.clone());
        }
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("client_secret", self.settings.client_secret.expose_secret())
            .finish();
        let url = self.url("/oauth/v2/token")?;
        let request = Request::post(url, "application/x-www-form-urlencoded", body.into_bytes()).accepting_json();
        let heard = carry::ask(&self.settings.way, request).await?;
        let token =
            heard.json().filter(|_| heard.status == 200).and_then(|it| it["access_token"].as_str().map(SecretString::from));
        match token {
            Some(token) => {
                *kept = Some(token.clone());
                Ok(token)
            }
            // RFC 6749 §5.2: 400 and 401 say that we are not who we claim to be.
            None if matches!(heard.status, 400 | 401 | 403) => {
                Err(AskFailure::Refused { cause: Cause::Login, answer: self.answer(&heard) })
            }
            None => {
                let cause = Cause::of_status(heard.status).unwrap_or(Cause::Down);
                // An answer that was meant to be a token is not kept, whatever is wrong with it.
                let answer = if heard.status == 200 { HttpAnswer { status: 200, body: Vec::new() } } else { heard };
                Err(AskFailure::Refused { cause, answer: self.answer(&answer) })
            }
        }
    }

    /// Asks for something that may be asked again at will; a token that has run out is renewed once.
    pub(super) async fn ask(&self, path: &[&str]) -> Result<HttpAnswer, AskFailure> {
        let mut url = self.url("/")?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let token = self.token().await?;
        let heard = carry::ask(&self.settings.way, Request::get(url.clone()).accepting_json().bearing(&token)).await?;
        if heard.status != 401 {
            return Ok(heard);
        }
        self.token.lock().await.take();
        let token = self.token().await?;
        carry::ask(&self.settings.way, Request::get(url).accepting_json().bearing(&token)).await
    }
}
