"""The town of the services, for the channel."""

from xiangqiao.services.tests.conftest import town as town
