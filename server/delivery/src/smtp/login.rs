//! AUTH of RFC 4954: PLAIN, LOGIN, OAUTHBEARER (RFC 7628) and XOAUTH2.

use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{Capabilities, Credentials, Relay, opening::accepted, wire::Wire};
use crate::sasl::{self, Bearer};
use crate::{Phase, Reply, ReplyClass, Trouble, TroubleKind};

/// Signs in by the first fitting mechanism.
pub(super) async fn login(
    wire: &mut Wire,
    relay: &Relay,
    capabilities: &Capabilities,
    credentials: &Credentials,
) -> Result<Reply, Trouble> {
    let trouble = |kind, detail: &str| Err(Trouble::new(Phase::Login, kind, detail));
    let offers = |mechanism: &str| capabilities.auth.iter().any(|it| it == mechanism);
    if capabilities.auth.is_empty() {
        return trouble(TroubleKind::LoginNotOffered, "");
    }
    let mut talk = Talk { wire, relay };
    match credentials {
        // NUL parts the fields of PLAIN, U+0001 those of XOAUTH2 and OAUTHBEARER.
        Credentials::Password { user, password } if has(user, password, '\0') => {
            trouble(TroubleKind::UnsafeSetting, "user or password has a null byte")
        }
        Credentials::Token { user, token } if has(user, token, '\u{1}') => {
            trouble(TroubleKind::UnsafeSetting, "user or token has a control character")
        }
        Credentials::Password { user, password } if offers("PLAIN") => talk.plain(user, password).await,
        Credentials::Password { user, password } if offers("LOGIN") => talk.login(user, password).await,
        // Whoever hears a token is who it belongs to.
        Credentials::Token { .. } if !talk.is_private() => trouble(TroubleKind::UnsafeSetting, "a token needs TLS"),
        Credentials::Token { user, token } if offers("OAUTHBEARER") => talk.bearer(Bearer::Standard, user, token).await,
        Credentials::Token { user, token } if offers("XOAUTH2") => talk.bearer(Bearer::Forerunner, user, token).await,
        _ => trouble(TroubleKind::LoginMethodMissing, &capabilities.auth.join(" ")),
    }
}

fn has(user: &str, secret: &SecretString, sign: char) -> bool {
    user.contains(sign) || secret.expose_secret().contains(sign)
}

struct Talk<'a> {
    wire: &'a mut Wire,
    relay: &'a Relay,
}

impl Talk<'_> {
    async fn say(&mut self, line: &str) -> Result<Reply, Trouble> {
        let line = Zeroizing::new(format!("{line}\r\n"));
        Ok(self.wire.ask(line.as_bytes(), Phase::Login, self.relay.limits.command).await?.reply())
    }

    async fn plain(&mut self, user: &str, password: &SecretString) -> Result<Reply, Trouble> {
        let response = encoded(&Zeroizing::new(format!("\0{user}\0{}", password.expose_secret())));
        let mut reply = self.say(&Zeroizing::new(format!("AUTH PLAIN {}", *response))).await?;
        // Some servers overlook the initial response and ask for it again.
        if reply.code == 334 {
            reply = self.say(&response).await?;
        }
        accepted(Phase::Login, reply)
    }

    async fn login(&mut self, user: &str, password: &SecretString) -> Result<Reply, Trouble> {
        go_on(self.say("AUTH LOGIN").await?)?;
        go_on(self.say(&encoded(user)).await?)?;
        accepted(Phase::Login, self.say(&encoded(password.expose_secret())).await?)
    }

    /// Whether nobody on the way can listen.
    fn is_private(&self) -> bool {
        let stream = self.wire.stream();
        stream.is_secure() || stream.peer().is_some_and(|it| it.ip().is_loopback())
    }

    async fn bearer(&mut self, mechanism: Bearer, user: &str, token: &SecretString) -> Result<Reply, Trouble> {
        let response = mechanism.response(user, token, &self.relay.host, self.relay.port);
        let line = Zeroizing::new(format!("AUTH {} {}", mechanism.name(), *encoded(&response)));
        let mut reply = self.say(&line).await?;
        let mut status = String::new();
        // The fault comes as a challenge first; what follows asks for the real answer.
        if reply.code == 334 {
            status = sasl::status(&reply.to_string());
            reply = self.say(mechanism.acknowledgement()).await?;
        }
        let refused = reply.class() == ReplyClass::Never;
        let helps_renewing = !sasl::lacks_right(&status) && !reply.says("smtpclientauthentication");
        accepted(Phase::Login, reply).map_err(|it| match refused && helps_renewing {
            true => Trouble { kind: TroubleKind::TokenRefused, detail: status, ..it },
            false => Trouble { detail: status, ..it },
        })
    }
}

fn encoded(text: &str) -> Zeroizing<String> {
    Zeroizing::new(BASE64_STANDARD.encode(text))
}

fn go_on(reply: Reply) -> Result<(), Trouble> {
    if reply.code == 334 { Ok(()) } else { accepted(Phase::Login, reply).and_then(|reply| Err(out_of_step(reply))) }
}

fn out_of_step(reply: Reply) -> Trouble {
    Trouble { reply: Some(reply), ..Trouble::new(Phase::Login, TroubleKind::Desync, "") }
}
