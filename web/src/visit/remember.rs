//! What a browser is given to bring again: who is signed in, what they chose, and the orders that they may open.

use super::{
    Visit,
    cookies::{CART, COUNTRY, YEAR},
    orders, session,
};

impl Visit {
    pub fn is_signed_in(&self) -> bool {
        session::tokens(&self.jar, self.session).is_some()
    }

    pub fn sign_in(&mut self, access_token: &str, refresh_token: &str) {
        session::keep(&mut self.jar, self.session, access_token, refresh_token);
        self.visitor.access_token = Some(access_token.to_owned());
    }

    pub fn sign_out(&mut self) {
        session::end(&mut self.jar, self.session);
        self.visitor.access_token = None;
    }

    pub fn refresh_token(&self) -> Option<String> {
        session::tokens(&self.jar, self.session).map(|(_, refresh)| refresh)
    }

    /// What is asked from now on is asked as a guest.
    pub fn forget_access_token(&mut self) {
        self.visitor.access_token = None;
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.jar.get(name)
    }

    /// `seconds`: how long it is kept.
    pub fn set_cookie(&mut self, name: &'static str, value: &str, seconds: u32) {
        self.jar.set(name, value, seconds);
    }

    /// From now on they read this language, in their pages and in what the shop says to them.
    pub fn read_in(&mut self, language: &str) {
        language.clone_into(&mut self.language);
        self.visitor.reads = Some(language.to_owned());
    }

    /// From now on they are shown what is sold in this country, this answer included.
    pub fn stay_in(&mut self, country: &str) {
        self.jar.set(COUNTRY, country, YEAR);
        self.visitor.country = Some(country.to_owned());
    }

    /// Opens an order from now on.
    pub fn remember_order(&mut self, id: &str, token: &str) {
        orders::remember(&mut self.jar, id, token);
    }

    /// What this browser ordered last, as far as it remembers.
    pub fn last_order(&self) -> Option<String> {
        orders::last(&self.jar)
    }

    pub fn order_token(&self, id: &str) -> Option<String> {
        orders::token(&self.jar, id)
    }

    /// The number that stands at the cart.
    pub fn cart_count(&self) -> u32 {
        let count = self.cookie(CART).and_then(|cart| cart.split_once('.'));
        count.and_then(|(_, count)| count.parse().ok()).unwrap_or(0)
    }
}
