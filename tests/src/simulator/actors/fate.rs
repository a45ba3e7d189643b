//! Parts go down and come back, memories are wiped, and clocks go wrong.

use chrono::TimeDelta;
use rand::Rng;

use crate::simulator::{weather::Down, world::World};

/// How often the world leaps ahead in one run: an authorization lasts seven days.
const LEAPS_MAX: u32 = 3;

impl World {
    pub(super) async fn fate_strikes(&mut self) {
        match self.dice.random_range(0..100) {
            0..45 => self.change_the_weather(),
            45..52 => {
                let lost = self.queue.wipe();
                self.note(&format!("the queue is wiped: {lost} jobs"));
            }
            52..57 => {
                self.search.wipe();
                self.note("the search index is wiped");
            }
            57..75 => {
                let minutes = self.dice.random_range(1..40);
                self.clock.shift(TimeDelta::minutes(minutes));
                self.note(&format!("{minutes} minutes pass"));
            }
            75..80 => {
                let back = self.dice.random_range(1..5_000);
                self.clock.shift(TimeDelta::milliseconds(-back));
                self.note(&format!("the clock goes back by {back} ms"));
            }
            80..83 if self.leaps < LEAPS_MAX => {
                self.leaps += 1;
                self.clock.shift(TimeDelta::hours(25));
                self.note("the clock leaps ahead by 25 hours");
            }
            _ => self.set_a_machine_clock(),
        }
    }

    fn change_the_weather(&mut self) {
        let before = self.weather.down();
        let mut down = before;
        let part = match self.dice.random_range(0..5) {
            0 => &mut down.provider,
            1 => &mut down.queue,
            2 => &mut down.bus,
            3 => &mut down.mail,
            _ => &mut down.search,
        };
        *part = !*part;
        // Nothing is down for ever.
        if before != Down::default() && self.chance(40) {
            down = Down::default();
        }
        self.weather.set_down(down);
        self.note(&format!("{down:?}"));
    }

    /// A machine's clock is off: by a little, mostly.
    fn set_a_machine_clock(&mut self) {
        let process = self.dice.random_range(0..self.processes.len());
        let ahead = match self.dice.random_range(0..10) {
            0 if self.processes.len() > 1 => TimeDelta::hours(25),
            1 => TimeDelta::seconds(90),
            2..6 => TimeDelta::milliseconds(self.dice.random_range(-2_000..2_000)),
            _ => TimeDelta::zero(),
        };
        let machine = &self.processes[process];
        machine.clock.set_ahead(ahead);
        let what = format!("the clock of {} is {} ms ahead", machine.name, ahead.num_milliseconds());
        self.note(&what);
    }
}
