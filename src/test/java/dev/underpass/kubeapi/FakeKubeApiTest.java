package dev.underpass.kubeapi;

/// The fake keeps the contract.
class FakeKubeApiTest extends KubeApiContract {

    FakeKubeApiTest() {
        super(new FakeKubeApi());
    }
}
