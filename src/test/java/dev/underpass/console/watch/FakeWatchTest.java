package dev.underpass.console.watch;

import dev.underpass.kubeapi.FakeKubeApi;

class FakeWatchTest extends WatchContract {

    FakeWatchTest() {
        super(new FakeKubeApi());
    }
}
