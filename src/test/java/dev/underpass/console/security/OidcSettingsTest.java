package dev.underpass.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.GrantedAuthority;

class OidcSettingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(OidcSettings.class)
    @Conditional(LoginConfigured.class)
    static class Settings {}

    private static final String PREFIX = "underpass.security.oidc.";

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(nullValues = "-", textBlock = """
            issuer,           -,                    issuer: missing
            issuer,           '',                   issuer: missing
            issuer,           http://id.example,    issuer: 'http://id.example' is not an https:// address
            issuer,           'no address',         issuer: 'no address' is no address
            client-id,        -,                    client-id: missing
            scopes,           profile,              scopes: 'openid' is missing
            clock-skew,       11m,                  clock-skew: PT11M is not between
            clock-skew,       soon,                 clock-skew
            idle-timeout,     0s,                   idle-timeout: PT0S is not positive
            absolute-timeout, -1h,                  absolute-timeout: PT-1H is not positive
            roles-claim,      '',                   roles-claim: missing
            admin,            boss,                 admin
            """)
    void whatIsWrongIsNamedAtTheStart(String property, @Nullable String value, String said) {
        var good = new java.util.HashMap<>(Map.of("issuer", "https://id.example", "client-id", "console"));
        if (value == null) {
            good.remove(property);
        } else {
            good.put(property, value);
        }
        var pairs = good.entrySet().stream()
                .map(each -> PREFIX + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);

        runner.withPropertyValues(pairs)
                .run(context -> assertThat(context.getStartupFailure()).satisfies(failure -> {
                    assertThat(failure).isNotNull();
                    assertThat(whole(failure))
                            .contains(PREFIX + said.split(":", 2)[0])
                            .contains(said);
                }));
    }

    private static String whole(Throwable failure) {
        return failure + (failure.getCause() == null ? "" : "\n" + whole(failure.getCause()));
    }

    @Test
    void withoutAWordOfItNobodyLogsIn() {
        runner.run(context -> assertThat(context).doesNotHaveBean(OidcSettings.class));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            roles,                nobody;viewer,      ROLE_VIEWER
            roles,                viewer;admin,       ROLE_ADMIN
            roles,                operator;viewer,    ROLE_OPERATOR
            roles,                Admin;ROLE_ADMIN,   -
            roles,                '',                 -
            realm_access.roles,   admin,              ROLE_ADMIN
            https://id.example/r, admin,              ROLE_ADMIN
            absent.at.all,        admin,              -
            text,                 operator,           ROLE_OPERATOR
            number,               admin,              -
            """)
    void theGreatestRoleThatTheClaimNamesCounts(String claim, String groups, @Nullable String authority) {
        var list = List.of(groups.split(";", -1));
        var claims = Map.<String, Object>of(
                "roles", list,
                "realm_access", Map.of("roles", list),
                "https://id.example/r", list,
                "text", groups,
                "number", 7);

        runner.withPropertyValues(
                        PREFIX + "issuer=https://id.example", PREFIX + "client-id=c", PREFIX + "roles-claim=" + claim)
                .run(context -> assertThat(context.getBean(OidcSettings.class).authorities(claims).stream()
                                .map(GrantedAuthority::getAuthority)
                                .toList())
                        .isEqualTo(authority == null ? List.of() : List.of(authority)));
    }

    @Test
    void whoHasNoSuchNameIsNamedByTheirSubject() {
        runner.withPropertyValues(
                        PREFIX + "issuer=https://id.example", PREFIX + "client-id=c", PREFIX + "name-claim=email")
                .run(context -> {
                    var settings = context.getBean(OidcSettings.class);

                    assertThat(settings.nameClaimOf(Map.of("email", "a@b.example", "sub", "1")))
                            .isEqualTo("email");
                    assertThat(settings.nameClaimOf(Map.of("email", " ", "sub", "1")))
                            .isEqualTo("sub");
                    assertThat(settings.nameClaimOf(Map.of("sub", "1"))).isEqualTo("sub");
                });
    }

    @Test
    void theSecretIsNotPrinted() {
        runner.withPropertyValues(
                        PREFIX + "issuer=https://id.example", PREFIX + "client-id=c", PREFIX + "client-secret=hush")
                .run(context -> assertThat(context.getBean(OidcSettings.class).toString())
                        .contains("https://id.example")
                        .doesNotContain("hush"));
    }
}
