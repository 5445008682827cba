package dev.underpass.console.watch;

import dev.underpass.kubeapi.RealKubeApi;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = RealKubeApi.ASSETS,
        matches = ".+",
        disabledReason = RealKubeApi.ASSETS + " names no folder with kube-apiserver and etcd")
class RealImpersonationTest extends ImpersonationContract {

    RealImpersonationTest() {
        super(new RealKubeApi());
    }
}
