#!/bin/sh
# Makes the secrets of compose.secure.yaml: a certificate authority, certificates of broker and registry, passwords.
# Usage: docker/certificates.sh [DIR]     (default: docker/secrets; what is there already is left alone)
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dir=${1:-$here/secrets}
days=825

if [ -e "$dir/client.properties" ]; then
  echo "$dir holds secrets already: remove it to make new ones"
  exit 0
fi
command -v openssl >/dev/null || { echo "certificates.sh: openssl is needed" >&2; exit 1; }
mkdir -p "$dir"
cd "$dir"

authority() {
  openssl req -x509 -newkey rsa:3072 -nodes -days "$days" -subj /CN=tracerl-ca -keyout ca.key -out ca.crt \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
}

# A key and a certificate for a container's name, and for the host, which reaches it on loopback.
certificate() {
  openssl req -newkey rsa:3072 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n' "$1" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" -extfile "$1.ext" -out "$1.crt"
  rm "$1.csr" "$1.ext"
}

# A PEM file as the value of a property.
value() {
  sed -e 's/$/\\n\\/' "$1" | sed -e '$s/\\n\\$//'
}

login() {
  printf 'org.apache.kafka.common.security.plain.PlainLoginModule required username="%s" password="%s"' "$1" "$2"
}

authority 2>/dev/null
certificate broker 2>/dev/null
certificate registry 2>/dev/null
broker_password=$(openssl rand -hex 24)
client_password=$(openssl rand -hex 24)
registry_password=$(openssl rand -hex 24)

cat >broker.properties <<END
ssl.keystore.type=PEM
ssl.keystore.key=$(value broker.key)
ssl.keystore.certificate.chain=$(value broker.crt)
ssl.truststore.type=PEM
ssl.truststore.certificates=$(value ca.crt)
listener.name.internal.plain.sasl.jaas.config=$(login broker "$broker_password") \\
  user_broker="$broker_password" user_tracerl="$client_password";
listener.name.external.plain.sasl.jaas.config=$(login broker "$broker_password") \\
  user_tracerl="$client_password";
END

# What services and commands need; the registry needs the first part, too.
client() {
  cat <<END
$1security.protocol=SASL_SSL
$1sasl.mechanism=PLAIN
$1sasl.jaas.config=$(login tracerl "$client_password");
$1ssl.truststore.type=PEM
$1ssl.truststore.certificates=$(value ca.crt)
END
}

client "" >client.properties
cat >>client.properties <<END
schema.registry.basic.auth.credentials.source=USER_INFO
schema.registry.basic.auth.user.info=tracerl:$registry_password
schema.registry.ssl.truststore.type=PEM
schema.registry.ssl.truststore.certificates=$(value ca.crt)
END

client apicurio.kafka.common. >registry.properties
cat >>registry.properties <<END
quarkus.http.auth.basic=true
quarkus.security.users.embedded.plain-text=true
quarkus.security.users.embedded.users.tracerl=$registry_password
quarkus.security.users.embedded.roles.tracerl=sr-admin
END

# The folder is the owner's only; the files in it are read by the containers' accounts, which are others.
chmod 644 broker.properties client.properties registry.properties registry.key registry.crt ca.crt
echo "made secrets in $dir"
