//! People who sign in: what proves who they are, their sessions, tokens and invitations.
//!
//! Secrets lie here only as hashes, but for the secret of the second factor, which must be known to be checked;
//! the file is readable by its owner alone. Sessions and attempts that ended are removed.

use std::str::FromStr;

use forewarn_model::rights::{Right, Rights, Role};
use forewarn_model::{Date, Language, Session, Timestamp, Tlp, Token, User, UserName};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::row::{damaged, item, json, parsed, parsed_option, to_json};
use crate::{Store, StoreError};

/// What proves who a user is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// The password, hashed (Argon2id, PHC string); none if none was chosen.
    pub password: Option<String>,
    /// The secret of the second factor; none if there is none.
    pub totp: Option<Vec<u8>>,
    /// A secret of the second factor that was shown and not confirmed.
    pub totp_pending: Option<Vec<u8>>,
    /// The time step of the last code that was taken; a code counts once.
    pub totp_step: u64,
}

/// How fast failed attempts slow down.
#[derive(Debug, Clone)]
pub struct Throttle {
    /// So many attempts are free.
    pub free_count: u32,
    /// The first wait, in seconds; every failure doubles it.
    pub wait_s: u32,
    /// The longest wait, in seconds.
    pub wait_s_max: u32,
    /// Attempts are forgotten after so many seconds without one.
    pub forget_s: u32,
    /// Most names and addresses that are remembered.
    pub remembered_max: u32,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proof")
            .field("password", &self.password.is_some())
            .field("totp", &self.totp.is_some())
            .finish_non_exhaustive()
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self { free_count: 5, wait_s: 2, wait_s_max: 900, forget_s: 86_400, remembered_max: 10_000 }
    }
}

impl Throttle {
    /// How long after the last of so many failures the next attempt has to wait, in seconds.
    pub fn wait_s(&self, count: u32) -> u32 {
        match count.checked_sub(self.free_count) {
            None => 0,
            Some(over) => self.wait_s.saturating_mul(1 << over.min(20)).min(self.wait_s_max),
        }
    }
}

impl Store {
    /// Adds a user; false if there is one of that name.
    pub fn add_user(&mut self, user: &User, password: Option<&str>) -> Result<bool, StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "INSERT INTO user (name, shown, organisation, roles, clearance, organisations, locale, active,
                                         created_at, password)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (name) DO NOTHING";
            let added = transaction.execute(
                sql,
                params![
                    user.name.as_str(),
                    user.shown,
                    user.organisation,
                    words(user.roles.iter().map(|role| role.as_str()))?,
                    clearance(user),
                    to_json(&user.organisations)?,
                    user.locale.map(|locale| locale.to_string()),
                    user.active,
                    user.created.to_string(),
                    password,
                ],
            )?;
            Ok(added == 1)
        })
    }

    /// Changes everything of a user but name, time and proofs. Whoever is not active any more has no sessions.
    pub fn change_user(&mut self, user: &User) -> Result<bool, StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "UPDATE user SET shown = ?2, organisation = ?3, roles = ?4, clearance = ?5,
                                       organisations = ?6, locale = ?7, active = ?8 WHERE name = ?1";
            let changed = transaction.execute(
                sql,
                params![
                    user.name.as_str(),
                    user.shown,
                    user.organisation,
                    words(user.roles.iter().map(|role| role.as_str()))?,
                    clearance(user),
                    to_json(&user.organisations)?,
                    user.locale.map(|locale| locale.to_string()),
                    user.active,
                ],
            )?;
            if !user.active {
                transaction.execute("DELETE FROM session WHERE user = ?1", [user.name.as_str()])?;
                transaction.execute("DELETE FROM invitation WHERE user = ?1", [user.name.as_str()])?;
            }
            Ok(changed == 1)
        })
    }

    /// All users, in order of name.
    pub fn users(&self) -> Result<Vec<User>, StoreError> {
        self.read("read the users of", "SELECT * FROM user ORDER BY name", [], user)
    }

    /// A user by name.
    pub fn user(&self, name: &str) -> Result<Option<User>, StoreError> {
        Ok(self.read("read the users of", "SELECT * FROM user WHERE name = ?1", [name], user)?.pop())
    }

    /// What proves who a user is.
    pub fn proof(&self, name: &UserName) -> Result<Proof, StoreError> {
        let sql = "SELECT password, totp, totp_pending, totp_step FROM user WHERE name = ?1";
        let found = self.read("read the users of", sql, [name.as_str()], |row| {
            let step: i64 = row.get("totp_step")?;
            Ok(Proof {
                password: row.get("password")?,
                totp: row.get("totp")?,
                totp_pending: row.get("totp_pending")?,
                totp_step: step.unsigned_abs(),
            })
        })?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// Whether anybody could sign in: an active user with a password, or one that another system vouches for.
    pub fn anybody_can_sign_in(&self) -> Result<bool, StoreError> {
        let sql =
            "SELECT 1 FROM user WHERE active AND (password IS NOT NULL OR external IS NOT NULL) LIMIT 1";
        Ok(!self.read("read the users of", sql, [], |_| Ok(()))?.is_empty())
    }

    /// Writes a password; all sessions end but `kept`, and so does an invitation.
    pub fn put_password(
        &mut self,
        name: &UserName,
        password: &str,
        kept: Option<&[u8; 32]>,
    ) -> Result<(), StoreError> {
        self.write("write a user to", |transaction| {
            transaction
                .execute("UPDATE user SET password = ?2 WHERE name = ?1", (name.as_str(), password))?;
            end_sessions(transaction, name, kept)?;
            transaction.execute("DELETE FROM invitation WHERE user = ?1", [name.as_str()])?;
            Ok(())
        })
    }

    /// Writes what the second factor is: in use, or waiting to be confirmed. `codes` are hashes of recovery codes.
    pub fn put_totp(&mut self, name: &UserName, proof: &Proof, codes: &[[u8; 32]]) -> Result<(), StoreError> {
        self.write("write a user to", |transaction| {
            transaction.execute(
                "UPDATE user SET totp = ?2, totp_pending = ?3, totp_step = ?4 WHERE name = ?1",
                params![name.as_str(), proof.totp, proof.totp_pending, proof.totp_step as i64],
            )?;
            transaction.execute("DELETE FROM recovery_code WHERE user = ?1", [name.as_str()])?;
            for hash in codes {
                let sql = "INSERT INTO recovery_code (user, hash) VALUES (?1, ?2)";
                transaction.execute(sql, (name.as_str(), hash))?;
            }
            Ok(())
        })
    }

    /// Keeps a secret of the second factor until it is confirmed; the one in use stays.
    pub fn put_totp_pending(&mut self, name: &UserName, secret: &[u8]) -> Result<(), StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "UPDATE user SET totp_pending = ?2 WHERE name = ?1";
            transaction.execute(sql, (name.as_str(), secret)).map(|_| ())
        })
    }

    /// Takes a code of a time step: true once, for each step later than the last.
    pub fn take_totp_step(&mut self, name: &UserName, step: u64) -> Result<bool, StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "UPDATE user SET totp_step = ?2 WHERE name = ?1 AND totp_step < ?2";
            Ok(transaction.execute(sql, (name.as_str(), step as i64))? == 1)
        })
    }

    /// Takes a recovery code: true once.
    pub fn take_recovery_code(&mut self, name: &UserName, hash: &[u8; 32]) -> Result<bool, StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "DELETE FROM recovery_code WHERE user = ?1 AND hash = ?2";
            Ok(transaction.execute(sql, (name.as_str(), hash))? == 1)
        })
    }

    /// How many recovery codes a user has left.
    pub fn recovery_codes_left(&self, name: &UserName) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM recovery_code WHERE user = ?1";
        let found = self.read("read the users of", sql, [name.as_str()], |row| row.get::<_, i64>(0))?;
        Ok(found.first().map_or(0, |count| count.unsigned_abs()))
    }

    /// Writes the one invitation of a user.
    pub fn put_invitation(
        &mut self,
        name: &UserName,
        hash: &[u8; 32],
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.write("write a user to", |transaction| {
            let sql = "INSERT INTO invitation (user, hash, expires_at) VALUES (?1, ?2, ?3)
                       ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at";
            transaction.execute(sql, (name.as_str(), hash, expires.as_second())).map(|_| ())
        })
    }

    /// Who was invited with this, if that holds still.
    pub fn invited(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<User>, StoreError> {
        let sql = "SELECT user.* FROM invitation JOIN user ON user.name = invitation.user
                   WHERE invitation.hash = ?1 AND invitation.expires_at > ?2 AND user.active";
        Ok(self.read("read the users of", sql, (hash, now.as_second()), user)?.pop())
    }

    /// The name under which another system vouches for a user.
    pub fn external(&self, name: &UserName) -> Result<Option<String>, StoreError> {
        let sql = "SELECT external FROM user WHERE name = ?1";
        Ok(self.read("read the users of", sql, [name.as_str()], |row| row.get(0))?.pop().flatten())
    }

    /// Writes it; false if another user has it.
    pub fn put_external(&mut self, name: &UserName, external: Option<&str>) -> Result<bool, StoreError> {
        self.write("write a user to", |transaction| {
            let taken: Option<i64> = transaction
                .query_row(
                    "SELECT 1 FROM user WHERE external = ?1 AND name <> ?2",
                    (external, name.as_str()),
                    |row| row.get(0),
                )
                .optional()?;
            if taken.is_some() {
                return Ok(false);
            }
            let sql = "UPDATE user SET external = ?2 WHERE name = ?1";
            transaction.execute(sql, (name.as_str(), external))?;
            Ok(true)
        })
    }

    /// The active user whom another system vouches for under a name.
    pub fn user_by_external(&self, external: &str) -> Result<Option<User>, StoreError> {
        let sql = "SELECT * FROM user WHERE external = ?1 AND active";
        Ok(self.read("read the users of", sql, [external], user)?.pop())
    }

    /// Begins a session. Those that are over are removed, and the oldest beyond `sessions_max` of the user.
    pub fn begin_session(
        &mut self,
        session: &Session,
        idle_s: u32,
        sessions_max: u32,
    ) -> Result<(), StoreError> {
        self.write("write a session to", |transaction| {
            let now = session.made.as_second();
            let over = "DELETE FROM session WHERE expires_at <= ?1 OR seen_at <= ?1 - ?2";
            transaction.execute(over, (now, idle_s))?;
            transaction.execute(
                "INSERT INTO session (id, user, made_at, seen_at, expires_at, agent)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    session.id,
                    session.user.as_str(),
                    now,
                    session.last_seen.as_second(),
                    session.expires.as_second(),
                    session.agent
                ],
            )?;
            transaction.execute(
                "DELETE FROM session WHERE user = ?1 AND id NOT IN
                     (SELECT id FROM session WHERE user = ?1 ORDER BY seen_at DESC, id LIMIT ?2)",
                (session.user.as_str(), sessions_max),
            )?;
            Ok(())
        })
    }

    /// A session that holds, and its user, who is active.
    pub fn session(
        &self,
        id: &[u8; 32],
        now: Timestamp,
        idle_s: u32,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let sql = "SELECT session.*, user.* FROM session JOIN user ON user.name = session.user
                   WHERE session.id = ?1 AND session.expires_at > ?2 AND session.seen_at > ?2 - ?3 AND user.active";
        let found = self.read("read the sessions of", sql, (id, now.as_second(), idle_s), |row| {
            Ok((session(row)?, user(row)?))
        })?;
        Ok(found.into_iter().next())
    }

    /// The sessions of a user that hold, the last used first.
    pub fn sessions(&self, name: &UserName, now: Timestamp, idle_s: u32) -> Result<Vec<Session>, StoreError> {
        let sql = "SELECT * FROM session WHERE user = ?1 AND expires_at > ?2 AND seen_at > ?2 - ?3
                   ORDER BY seen_at DESC, id";
        self.read("read the sessions of", sql, (name.as_str(), now.as_second(), idle_s), session)
    }

    /// Notes that a session is in use.
    pub fn see_session(&mut self, id: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
        self.write("write a session to", |transaction| {
            let sql = "UPDATE session SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2";
            transaction.execute(sql, (id, now.as_second())).map(|_| ())
        })
    }

    /// Ends a session of a user; false if there is none.
    pub fn end_session(&mut self, name: &UserName, id: &[u8; 32]) -> Result<bool, StoreError> {
        self.write("end a session in", |transaction| {
            let sql = "DELETE FROM session WHERE user = ?1 AND id = ?2";
            Ok(transaction.execute(sql, (name.as_str(), id))? == 1)
        })
    }

    /// Ends all sessions of a user but `kept`; how many.
    pub fn end_sessions(&mut self, name: &UserName, kept: Option<&[u8; 32]>) -> Result<usize, StoreError> {
        self.write("end the sessions in", |transaction| end_sessions(transaction, name, kept))
    }

    /// Adds a token. Tokens of its owner that ended more than `kept_s` seconds ago are removed; false, and nothing
    /// was added, if the owner has `tokens_max` all the same.
    pub fn add_token(
        &mut self,
        token: &Token,
        hash: &[u8; 32],
        kept_s: u32,
        tokens_max: u32,
    ) -> Result<bool, StoreError> {
        self.write("write a token to", |transaction| {
            let long_ago = token.made.as_second() - i64::from(kept_s);
            transaction.execute(
                "DELETE FROM token WHERE owner = ?1 AND (expires_at < ?2 OR revoked_at < ?2)",
                (token.owner.as_str(), long_ago),
            )?;
            let count: u32 = transaction.query_row(
                "SELECT COUNT(*) FROM token WHERE owner = ?1",
                [token.owner.as_str()],
                |row| row.get(0),
            )?;
            if count >= tokens_max {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO token (hash, prefix, name, owner, scopes, made_at, expires_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    hash,
                    token.prefix,
                    token.name,
                    token.owner.as_str(),
                    words(token.scopes.iter().map(Right::as_str))?,
                    token.made.as_second(),
                    token.expires.as_second(),
                ],
            )?;
            Ok(true)
        })
    }

    /// A token that holds, and its owner, who is active.
    pub fn token(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<(Token, User)>, StoreError> {
        let sql = "SELECT token.hash, token.prefix, token.name AS token_name, token.owner, token.scopes,
                          token.made_at, token.expires_at, token.used_on, token.revoked_at, user.*
                   FROM token JOIN user ON user.name = token.owner
                   WHERE token.hash = ?1 AND token.expires_at > ?2 AND token.revoked_at IS NULL AND user.active";
        let found = self
            .read("read the tokens of", sql, (hash, now.as_second()), |row| Ok((token(row)?, user(row)?)))?;
        Ok(found.into_iter().next())
    }

    /// The tokens of a user, or of all; in order of owner, the newest first.
    pub fn tokens(&self, owner: Option<&UserName>) -> Result<Vec<Token>, StoreError> {
        let sql = "SELECT *, name AS token_name FROM token WHERE ?1 IS NULL OR owner = ?1
                   ORDER BY owner, made_at DESC, prefix";
        self.read("read the tokens of", sql, [owner.map(UserName::as_str)], token)
    }

    /// Notes that a token was used on a day.
    pub fn use_token(&mut self, prefix: &str, day: Date) -> Result<(), StoreError> {
        self.write("write a token to", |transaction| {
            let sql = "UPDATE token SET used_on = ?2 WHERE prefix = ?1";
            transaction.execute(sql, (prefix, day.to_string())).map(|_| ())
        })
    }

    /// Revokes a token of a user, or of anyone; false if there is none that holds.
    pub fn revoke_token(
        &mut self,
        owner: Option<&UserName>,
        prefix: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write("write a token to", |transaction| {
            let sql = "UPDATE token SET revoked_at = ?3
                       WHERE prefix = ?2 AND revoked_at IS NULL AND (?1 IS NULL OR owner = ?1)";
            let owner = owner.map(UserName::as_str);
            Ok(transaction.execute(sql, (owner, prefix, now.as_second()))? == 1)
        })
    }

    /// Counts an attempt against each subject, unless one of them has to wait: then says how many seconds.
    pub fn begin_attempt(
        &mut self,
        subjects: &[[u8; 32]],
        now: Timestamp,
        throttle: &Throttle,
    ) -> Result<Option<u32>, StoreError> {
        let now = now.as_second();
        self.write("write an attempt to", |transaction| {
            let forget = now - i64::from(throttle.forget_s);
            transaction.execute("DELETE FROM failure WHERE last_at < ?1", [forget])?;
            let mut wait = 0;
            for subject in subjects {
                let sql = "SELECT count, last_at FROM failure WHERE subject = ?1";
                let read = |row: &Row<'_>| Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)?));
                let Some((count, last)) = transaction.query_row(sql, [subject], read).optional()? else {
                    continue;
                };
                let left = last + i64::from(throttle.wait_s(count)) - now;
                wait = wait.max(u32::try_from(left).unwrap_or(0).min(throttle.wait_s_max));
            }
            if wait > 0 {
                return Ok(Some(wait));
            }
            for subject in subjects {
                let sql = "INSERT INTO failure (subject, count, last_at) VALUES (?1, 1, ?2)
                           ON CONFLICT (subject) DO UPDATE SET count = count + 1, last_at = excluded.last_at";
                transaction.execute(sql, (subject, now))?;
            }
            // Whoever tries many names pushes out their own single attempts, not the many of one name.
            transaction.execute(
                "DELETE FROM failure WHERE subject IN (SELECT subject FROM failure ORDER BY count, last_at LIMIT
                     MAX(0, (SELECT COUNT(*) FROM failure) - ?1))",
                [throttle.remembered_max],
            )?;
            Ok(None)
        })
    }

    /// Takes back the attempt that was counted last against each subject; `cleared` is forgotten whole.
    pub fn forgive_attempt(
        &mut self,
        subjects: &[[u8; 32]],
        cleared: Option<&[u8; 32]>,
    ) -> Result<(), StoreError> {
        self.write("write an attempt to", |transaction| {
            for subject in subjects {
                transaction.execute("UPDATE failure SET count = count - 1 WHERE subject = ?1", [subject])?;
            }
            transaction.execute("DELETE FROM failure WHERE count < 1 OR subject = ?1", [cleared])?;
            Ok(())
        })
    }
}

fn end_sessions(
    transaction: &Transaction<'_>,
    name: &UserName,
    kept: Option<&[u8; 32]>,
) -> rusqlite::Result<usize> {
    let sql = "DELETE FROM session WHERE user = ?1 AND (?2 IS NULL OR id <> ?2)";
    transaction.execute(sql, (name.as_str(), kept))
}

fn clearance(user: &User) -> i64 {
    Tlp::ALL.iter().position(|tlp| *tlp == user.clearance).unwrap_or_default() as i64
}

/// Words of a closed list as JSON.
fn words(all: impl Iterator<Item = &'static str>) -> rusqlite::Result<String> {
    to_json(&all.collect::<Vec<_>>())
}

/// Words of a closed list from JSON. A word of a newer version is no error: it gives nothing.
fn known<T: FromStr>(row: &Row<'_>, column: &str) -> rusqlite::Result<Vec<T>> {
    let all: Vec<String> = json(row, column)?;
    Ok(all.iter().filter_map(|word| word.parse().ok()).collect())
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        name: parsed(row, "name")?,
        shown: row.get("shown")?,
        organisation: row.get("organisation")?,
        roles: known::<Role>(row, "roles")?,
        clearance: item(row, "clearance", &Tlp::ALL)?,
        organisations: json(row, "organisations")?,
        locale: parsed_option::<Language>(row, "locale")?,
        active: row.get("active")?,
        created: parsed(row, "created_at")?,
    })
}

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get("id")?,
        user: parsed(row, "user")?,
        made: second(row, "made_at")?,
        last_seen: second(row, "seen_at")?,
        expires: second(row, "expires_at")?,
        agent: row.get("agent")?,
    })
}

fn token(row: &Row<'_>) -> rusqlite::Result<Token> {
    let scopes: Vec<Right> = known(row, "scopes")?;
    let revoked: Option<i64> = row.get("revoked_at")?;
    Ok(Token {
        prefix: row.get("prefix")?,
        name: row.get("token_name")?,
        owner: parsed(row, "owner")?,
        scopes: scopes.into_iter().fold(Rights::NONE, Rights::with),
        made: second(row, "made_at")?,
        expires: second(row, "expires_at")?,
        last_used: parsed_option(row, "used_on")?,
        revoked: revoked.map(|_| second(row, "revoked_at")).transpose()?,
    })
}

fn second(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    let seconds: i64 = row.get(column)?;
    Timestamp::from_second(seconds).map_err(|error| damaged(column, &error))
}
