package dev.underpass.console.watch;

import dev.underpass.kubeapi.FakeKubeApi;

class FakeImpersonationTest extends ImpersonationContract {

    FakeImpersonationTest() {
        super(new FakeKubeApi());
    }
}
