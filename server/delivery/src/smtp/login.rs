//! AUTH of RFC 4954: PLAIN, LOGIN and XOAUTH2.

use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{Capabilities, Credentials, Relay, opening::accepted, wire::Wire};
use crate::{Phase, Reply, Trouble, TroubleKind};

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
        // NUL parts the fields of PLAIN, U+0001 those of XOAUTH2.
        Credentials::Password { user, password } if has(user, password, '\0') => {
            trouble(TroubleKind::UnsafeSetting, "user or password has a null byte")
        }
        Credentials::Token { user, token } if has(user, token, '\u{1}') => {
            trouble(TroubleKind::UnsafeSetting, "user or token has a control character")
        }
        Credentials::Password { user, password } if offers("PLAIN") => talk.plain(user, password).await,
        Credentials::Password { user, password } if offers("LOGIN") => talk.login(user, password).await,
        Credentials::Token { user, token } if offers("XOAUTH2") => talk.xoauth2(user, token).await,
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

    async fn xoauth2(&mut self, user: &str, token: &SecretString) -> Result<Reply, Trouble> {
        let response = Zeroizing::new(format!("user={user}\u{1}auth=Bearer {}\u{1}\u{1}", token.expose_secret()));
        let mut reply = self.say(&Zeroizing::new(format!("AUTH XOAUTH2 {}", *encoded(&response)))).await?;
        // The error comes as a challenge first; an empty line asks for the real answer.
        if reply.code == 334 {
            reply = self.say("").await?;
        }
        accepted(Phase::Login, reply)
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
